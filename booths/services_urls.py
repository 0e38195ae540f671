"""The addresses of the services."""

from django.urls import path

from booths.views import services, services_desk, services_set_up

mine = "<slug:edition>/my-services/"
desk = "<slug:edition>/desk/services/"
urlpatterns = [
    path(mine, services.Services.as_view(), name="services"),
    path(f"{mine}orders/", services.ServiceOrders.as_view(), name="service_orders"),
    path(f"{mine}orders/<int:pk>/cancel/", services.CancelServices.as_view(), name="cancel_services"),
    path(desk, services_desk.ServicesDesk.as_view(), name="services_desk"),
    path(f"{desk}totals/", services_desk.ServiceTotals.as_view(), name="service_totals"),
    path(f"{desk}totals.xlsx", services_desk.ServiceSheet.as_view(), name="service_sheet"),
    path(f"{desk}orders/<int:pk>/deliver/", services_desk.DeliverServices.as_view(), name="deliver_services"),
    path(f"{desk}orders/<int:pk>/undo/", services_desk.UndoDelivery.as_view(), name="undo_delivery"),
    path(f"{desk}circuits/", services_set_up.Circuits.as_view(), name="circuits"),
    path(f"{desk}circuits/new/", services_set_up.SetCircuit.as_view(), name="add_circuit"),
    path(f"{desk}circuits/<int:pk>/", services_set_up.SetCircuit.as_view(), name="set_circuit"),
    path(f"{desk}circuits/<int:pk>/remove/", services_set_up.RemoveCircuit.as_view(), name="remove_circuit"),
    path(f"{desk}flames/<int:pk>/", services_set_up.SetFlames.as_view(), name="set_flames"),
    path(f"{desk}catalogue/", services_set_up.Catalogue.as_view(), name="service_catalogue"),
    path(f"{desk}catalogue/new/", services_set_up.SetService.as_view(), name="add_service"),
    path(f"{desk}catalogue/<int:pk>/", services_set_up.SetService.as_view(), name="set_service"),
    path(f"{desk}catalogue/<int:pk>/stop/", services_set_up.StopService.as_view(), name="stop_service"),
]
