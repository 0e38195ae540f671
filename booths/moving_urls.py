"""The addresses of moving in and out."""

from django.urls import path

from booths.vehicle_codes import FOLDER
from booths.views import vehicles, windows, yard

own = "<slug:edition>/my-booths/vehicles/"
yard_desk = "<slug:edition>/desk/vehicles/"
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
    path(hours, windows.Windows.as_view(), name="windows"),
    path(f"{hours}new/", windows.AddWindow.as_view(), name="add_window"),
    path(f"{hours}<int:pk>/", windows.ChangeWindow.as_view(), name="change_window"),
    path(f"{hours}<int:pk>/remove/", windows.RemoveWindow.as_view(), name="remove_window"),
]
