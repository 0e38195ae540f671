"""The addresses of the exhibitor manual."""

from django.urls import path

from booths.views import manual, manual_desk, manual_set_up

own, desk, set_up = (f"<slug:edition>/{part}" for part in ("my-manual/", "desk/manual/", "desk/set-up/manual/"))
patterns = [
    path(own, manual.Manual.as_view(), name="manual"),
    path(f"{own}<int:task>/", manual.Task.as_view(), name="task"),
    path(f"{own}<int:task>/tick/", manual.Tick.as_view(), name="tick_task"),
    path(f"{own}<int:task>/pass/", manual.PassTask.as_view(), name="skip_task"),
    path(f"{own}<int:task>/reopen/", manual.ReopenTask.as_view(), name="reopen_task"),
    path("<slug:edition>/manual-files/<int:hand_in_file>/", manual.TaskFile.as_view(), name="hand_in_file"),
    path(desk, manual_desk.ManualDesk.as_view(), name="manual_desk"),
    path(f"{desk}manual.xlsx", manual_desk.ManualSheet.as_view(), name="manual_sheet"),
    path(f"{desk}<int:hand_in>/", manual_desk.CheckHandIn.as_view(), name="check_hand_in"),
    path(set_up, manual_set_up.ManualSetUp.as_view(), name="manual_set_up"),
    path(f"{set_up}add/", manual_set_up.AddTask.as_view(), name="add_task"),
    path(f"{set_up}<int:task>/", manual_set_up.ChangeTask.as_view(), name="change_task"),
    path(f"{set_up}<int:task>/remove/", manual_set_up.RemoveTask.as_view(), name="remove_task"),
]
