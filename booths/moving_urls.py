"""The addresses of moving in and out."""

from django.urls import path

from booths.vehicle_codes import FOLDER
from booths.views import breaches, handover, vehicles, windows, yard

own = "<slug:edition>/my-booths/vehicles/"
noted = "<slug:edition>/my-booths/noted/"
yard_desk = "<slug:edition>/desk/vehicles/"
booth_desk = "<slug:edition>/desk/handover/"
one_booth = f"{booth_desk}booths/<code>/"
hours = f"{yard_desk}hours/"
urlpatterns = [
    path(own, vehicles.Vehicles.as_view(), name="vehicles"),
    path(f"{own}book/<way>/", vehicles.BookVehicle.as_view(), name="book_vehicle"),
    path(f"{own}<int:pk>/", vehicles.ChangeVehicle.as_view(), name="change_vehicle"),
    path(f"{own}<int:pk>/cancel/", vehicles.CancelVehicle.as_view(), name="cancel_vehicle"),
    path(f"<slug:edition>/{FOLDER}/<pass_token>/", vehicles.VehiclePassPage.as_view(), name="vehicle_pass"),
    path(f"<slug:edition>/{FOLDER}/<pass_token>/pass.pdf", vehicles.VehiclePassPdf.as_view(), name="vehicle_pdf"),
    path(yard_desk, yard.Yard.as_view(), name="yard"),
    path(f"{yard_desk}read/", yard.ReadPass.as_view(), name="read_pass"),
    path(f"{yard_desk}<int:pk>/leave/", yard.LetOut.as_view(), name="let_out"),
    path(f"{yard_desk}<int:pk>/missing/", yard.Miss.as_view(), name="miss_vehicle"),
    path(booth_desk, handover.Handover.as_view(), name="handover"),
    path(one_booth, handover.HandoverBooth.as_view(), name="handover_booth"),
    path(f"{one_booth}check/", handover.CheckBooth.as_view(), name="check_booth"),
    path(f"{one_booth}fault/", handover.FindFault.as_view(), name="find_fault"),
    path(f"{one_booth}clear/", handover.ClearBooth.as_view(), name="clear_booth"),
    path(f"{one_booth}breach/", handover.RecordBreach.as_view(), name="record_breach"),
    path(f"{booth_desk}faults/", handover.Faults.as_view(), name="faults"),
    path(f"{booth_desk}faults/<int:pk>/mend/", handover.MendFault.as_view(), name="mend_fault"),
    path(f"{booth_desk}breaches/", breaches.Breaches.as_view(), name="breaches"),
    path(f"{booth_desk}breaches/<int:pk>/confirm/", breaches.ConfirmBreach.as_view(), name="confirm_breach"),
    path(f"{booth_desk}breaches/<int:pk>/drop/", breaches.DropBreach.as_view(), name="drop_breach"),
    path(
        "<slug:edition>/my-booths/noted/<noted>/<int:pk>/photo.jpg", handover.NotedPhoto.as_view(), name="noted_photo"
    ),
    path(hours, windows.Windows.as_view(), name="windows"),
    path(f"{hours}new/", windows.AddWindow.as_view(), name="add_window"),
    path(f"{hours}<int:pk>/", windows.ChangeWindow.as_view(), name="change_window"),
    path(f"{hours}<int:pk>/remove/", windows.RemoveWindow.as_view(), name="remove_window"),
]
