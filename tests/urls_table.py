"""The table of tests/test_urls.py: what each call answers, and to whom.

"404 anonymous=302 director,gate=200" reads: 404 for everybody, but anonymous is asked to sign in, and director and
gate get the page. Somebody who may, and posts nothing, is answered 422 (a page's form), 400 (the API), 409 (a
refusal) or, where nothing more was needed, 302.
"""

from tests.urls_after import AFTER
from tests.urls_of_api import API
from tests.urls_of_buyers import BUYERS
from tests.urls_of_deals import DEALS
from tests.urls_of_manual import MANUAL
from tests.urls_of_meetings import MEETINGS
from tests.urls_of_moving import MOVING
from tests.urls_of_pages import PAGES
from tests.urls_of_reports import REPORTS
from tests.urls_of_sale import SALE
from tests.urls_of_services import SERVICES

TABLE = AFTER | API | BUYERS | DEALS | MANUAL | MEETINGS | MOVING | PAGES | REPORTS | SALE | SERVICES
