"""Moving in and out in the table of tests/test_urls.py; tests/urls_table.py says how to read it."""

MOVING = {
    # for programs
    "GET api:move-windows-detail": "200",
    "GET api:move-windows-list": "200",
    "POST api:move-windows-list": "400 anonymous=401",
    "POST api:move-windows-change": "400 anonymous=401",
    "POST api:move-windows-remove": "403 anonymous=401 director,booth_desk=409",
    "GET api:vehicle-passes-detail": "404 director,booth_desk,gate,exhibitor=200",
    "GET api:vehicle-passes-list": "200",
    "POST api:vehicle-passes-list": "400 anonymous=401",
    "POST api:vehicle-passes-read": "400 anonymous=401",
    "POST api:vehicle-passes-change": "404 anonymous=401 director,booth_desk,exhibitor=200 gate=403",
    "POST api:vehicle-passes-cancel": "404 anonymous=401 director,booth_desk,exhibitor=200 gate=403",
    "POST api:vehicle-passes-leave": "404 anonymous=401 director,booth_desk,gate=409 exhibitor=403",
    "POST api:vehicle-passes-miss": "404 anonymous=401 director,booth_desk,gate=409 exhibitor=403",
    # for people
    "GET booths:vehicles": "404 anonymous=302 exhibitor,other_exhibitor=200",
    "GET booths:book_vehicle": "404 anonymous=302 exhibitor,other_exhibitor=200",
    "POST booths:book_vehicle": "404 anonymous=302 exhibitor,other_exhibitor=422",
    "GET booths:change_vehicle": "404 anonymous=302 director,booth_desk,gate,exhibitor=200",
    "POST booths:change_vehicle": "404 anonymous=302 director,booth_desk,gate,exhibitor=422",
    "POST booths:cancel_vehicle": "404 anonymous,director,booth_desk,exhibitor=302 gate=403",
    # A link that cannot be guessed: the driver has it too. Officers come to the entrance's page.
    "GET booths:vehicle_pass": "200 director,booth_desk,gate=302",
    "GET booths:vehicle_pdf": "200",
    "GET booths:yard": "404 anonymous=302 director,booth_desk,gate=200",
    "GET booths:read_pass": "404 anonymous=302 director,booth_desk,gate=200",
    "POST booths:read_pass": "404 anonymous=302 director,booth_desk,gate=200",
    "POST booths:let_out": "404 anonymous=302 director,booth_desk,gate=409",
    "POST booths:miss_vehicle": "404 anonymous=302 director,booth_desk,gate=409",
    "GET booths:windows": "404 anonymous=302 director,booth_desk=200",
    "GET booths:add_window": "404 anonymous=302 director,booth_desk=200",
    "POST booths:add_window": "404 anonymous=302 director,booth_desk=422",
    "GET booths:change_window": "404 anonymous=302 director,booth_desk=200",
    "POST booths:change_window": "404 anonymous=302 director,booth_desk=422",
    "POST booths:remove_window": "404 anonymous=302 director,booth_desk=409",
}
