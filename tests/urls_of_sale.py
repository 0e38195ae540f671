"""The live sale in the table of tests/test_urls.py; tests/urls_table.py says how to read it."""

SALE = {
    # for programs
    "GET api:applications-turn": "404 director,booth_desk,finance,reports,exhibitor=200",
    "DELETE api:sale-openings-detail": "403 anonymous=401 director,booth_desk=204",
    "GET api:sale-openings-detail": "200",
    "PATCH api:sale-openings-detail": "403 anonymous=401 director,booth_desk=200",
    "GET api:sale-openings-list": "200",
    "POST api:sale-openings-list": "400 anonymous=401",
    "GET api:waiting-places-detail": "404 director,booth_desk,finance,reports,exhibitor=200",
    "GET api:waiting-places-list": "200",
    "POST api:waiting-places-list": "400 anonymous=401",
    "POST api:waiting-places-leave": "404 anonymous=401 finance,reports=403 director,booth_desk,exhibitor=200",
    "DELETE api:waiting-rooms-detail": "403 anonymous=401 director,booth_desk=204",
    "GET api:waiting-rooms-detail": "200",
    "GET api:waiting-rooms-list": "200",
    "POST api:waiting-rooms-list": "400 anonymous=401",
    # for people
    "GET booths:add_opening": "404 anonymous=302 director,booth_desk=200",
    "POST booths:add_opening": "404 anonymous=302 director,booth_desk=422",
    "GET booths:change_opening": "404 anonymous=302 director,booth_desk=200",
    "POST booths:change_opening": "404 anonymous=302 director,booth_desk=422",
    # No room stands: who may wait for booths is told so.
    "POST booths:join_waiting_room": "404 anonymous=302 exhibitor,other_exhibitor=409",
    "POST booths:leave_waiting_room": "404 anonymous,exhibitor=302",
    "POST booths:remove_opening": "404 anonymous,director,booth_desk=302",
    "POST booths:remove_waiting_room": "404 anonymous,director,booth_desk=302",
    "GET booths:sale": "404 anonymous=302 director,booth_desk=200",
    "GET booths:set_waiting_room": "404 anonymous=302 director,booth_desk=200",
    "POST booths:set_waiting_room": "404 anonymous=302 director,booth_desk=422",
    "GET booths:waiting_room": "404 anonymous=302 exhibitor,other_exhibitor=200",
}
