"""The addresses of the exhibitor manual, of special goods, co-exhibitors and the rules with an effect."""

from django.urls import path

from booths.views import co_exhibitors, goods, house_rules, manual, manual_desk, manual_set_up

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
    path("<slug:edition>/my-goods/", goods.OwnGoods.as_view(), name="goods"),
    path("<slug:edition>/desk/goods/", goods.GoodsDesk.as_view(), name="goods_desk"),
    path("<slug:edition>/desk/goods/<int:goods>/", goods.CheckGoods.as_view(), name="check_goods"),
    path("<slug:edition>/my-co-exhibitors/", co_exhibitors.OwnCoExhibitors.as_view(), name="co_exhibitors"),
    path(
        "<slug:edition>/my-co-exhibitors/<int:co_exhibitor>/take-back/",
        co_exhibitors.WithdrawCoExhibitor.as_view(),
        name="withdraw_co_exhibitor",
    ),
    path("<slug:edition>/desk/co-exhibitors/", co_exhibitors.CoExhibitorsDesk.as_view(), name="co_exhibitors_desk"),
    path(
        "<slug:edition>/desk/co-exhibitors/<int:co_exhibitor>/",
        co_exhibitors.DecideCoExhibitor.as_view(),
        name="decide_co_exhibitor",
    ),
    path("<slug:edition>/my-booths/rules/", house_rules.AcceptRules.as_view(), name="accept_rules"),
    path("<slug:edition>/my-booths/withdraw-in-writing/", house_rules.WithdrawInWriting.as_view(), name="give_up"),
    path(
        "<slug:edition>/desk/applications/<int:pk>/withdraw/",
        house_rules.WithdrawForThem.as_view(),
        name="withdraw_application",
    ),
    path("<slug:edition>/desk/set-up/house-rules/", house_rules.SetHouseRules.as_view(), name="set_house_rules"),
]
