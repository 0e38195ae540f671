"""A jury's work as actions: who gets what, scores, stepping aside, ties."""

from collections import Counter
from decimal import Decimal

import pytest

from booths.actions.criteria import remove_criterion, set_criterion, set_threshold
from booths.actions.reviews import assign_reviews, score_review, step_aside
from booths.models import Application, Criterion, Household, Review, Score, Threshold
from booths.partiality import Tie, ties
from fairs import clock
from fairs.errors import Forbidden, Invalid, Refused
from fairs.models import Entry, Membership, Officer, Person
from fairs.states import StateConflict
from tests import world

pytestmark = pytest.mark.django_db
D = Decimal


@pytest.fixture
def edition():
    """An edition whose jury judges by two criteria, the first twice as heavy."""
    with clock.at(world.NOON):
        made = world.edition()
        world.criterion(made, "Quality", weight=2, most=10)
        world.criterion(made, "Story", weight=1, most=5)
        yield made


@pytest.fixture
def desk(edition):
    """The booth desk."""
    return world.officer(edition, "booth_desk")


@pytest.fixture
def jury(edition):
    """Three jurors of three houses."""
    return [world.officer(edition, "reviewer", email=f"juror@house{n}.example") for n in range(3)]


def applied(edition, state="submitted"):
    return world.application(edition, state=state)


def points(edition, *given):
    return dict(zip(Criterion.objects.filter(edition=edition).values_list("pk", flat=True), map(D, given), strict=True))


def test_each_application_gets_its_jurors_and_comes_under_review(edition, desk, jury):
    rows = [applied(edition) for _each in range(6)]
    applied(edition, "draft"), applied(edition, "accepted"), applied(world.edition())
    made = assign_reviews(edition, each=2, by=desk)
    assert Counter(review.application_id for review in made) == {row.pk: 2 for row in rows}
    assert Counter(review.reviewer_id for review in made) == {juror.pk: 4 for juror in jury}
    assert {Application.objects.get(pk=row.pk).state for row in rows} == {"under_review"}
    assert Entry.objects.filter(verb="booths.application.review", actor=desk).count() == 6
    assert Entry.objects.filter(verb="booths.review.assign").count() == 12


def test_assigning_again_adds_only_what_is_missing(edition, desk, jury):
    first = applied(edition)
    made = assign_reviews(edition, each=2, by=desk)
    assert assign_reviews(edition, each=2, by=desk) == []
    step_aside(made[0], reason="Họ hàng", by=made[0].reviewer)
    second = applied(edition)
    added = assign_reviews(edition, each=2, by=desk)
    assert Counter(review.application_id for review in added) == {first.pk: 1, second.pk: 2}
    [instead] = [review for review in added if review.application_id == first.pk]
    assert instead.reviewer_id not in {review.reviewer_id for review in made}


def test_nobody_is_given_an_application_they_are_tied_to(edition, desk, jury):
    own, mail, free = applied(edition), applied(edition), applied(edition)
    Membership.objects.create(company=own.company, person=jury[0])
    mail.company.email = "sales@HOUSE1.example"
    mail.company.save()
    assign_reviews(edition, each=3, by=desk)
    given = Counter(Review.objects.values_list("application_id", "reviewer_id"))
    assert (own.pk, jury[0].pk) not in given
    assert (mail.pk, jury[1].pk) not in given
    assert len([pair for pair in given if pair[0] == free.pk]) == 3
    assert ties([own, mail, free], jury) == {(own.pk, jury[0].pk): Tie.MEMBER, (mail.pk, jury[1].pk): Tie.MAIL}


def test_public_mail_ties_nobody_and_a_groups_households_count(edition, jury):
    jury[0].email = "juror@gmail.com"
    jury[0].save()
    group = applied(edition)
    group.is_group = True
    group.company.email = "group@gmail.com"
    group.company.save()
    household = world.company(world.person(email="ba.lua@house2.example"))
    Household.objects.create(application=group, company=household)
    assert ties([group], jury) == {(group.pk, jury[2].pk): Tie.MAIL}


def test_ties_take_the_same_queries_for_one_and_for_thirty(edition, jury, django_assert_num_queries):
    for number in (1, 30):
        rows = [applied(edition) for _each in range(number)]
        with django_assert_num_queries(3):
            ties(rows, jury)


def test_assigning_takes_the_same_queries_for_one_and_for_forty(edition, desk, jury, django_assert_num_queries):
    desk.roles_in(edition)
    for number in (1, 40):
        for _each in range(number):
            applied(edition)
        with django_assert_num_queries(13):
            assert len(assign_reviews(edition, each=2, by=desk)) == 2 * number


def test_assigning_needs_a_jury_criteria_and_the_desk(edition, desk):
    for given, code in (({"each": 0}, "each"), ({"each": 10}, "each"), ({"each": 2}, "no_jury")):
        with pytest.raises((Invalid, Refused)) as refusal:
            assign_reviews(edition, by=desk, **given)
        assert refusal.value.code == code
    juror = world.officer(edition, "reviewer")
    with pytest.raises(Forbidden):
        assign_reviews(edition, each=1, by=juror)
    Criterion.objects.all().delete()
    with pytest.raises(Refused) as refusal:
        assign_reviews(edition, each=1, by=desk)
    assert refusal.value.code == "no_criteria"


def test_a_score_is_weighed_kept_and_may_be_corrected(edition, jury):
    application = applied(edition, "under_review")
    one, two = (world.review(application, juror) for juror in jury[:2])
    score_review(one, points=points(edition, "8", "4"), comment=" Nét riêng ", by=jury[0])
    assert (one.state, one.result, one.comment) == ("done", D("80.00"), "Nét riêng")
    score_review(two, points=points(edition, "5", "5"), by=jury[1])
    assert two.result == D("66.67")
    assert Application.objects.get(pk=application.pk).score == D("73.34")  # 73.335, half goes up
    score_review(one, points=points(edition, "9", "5"), by=jury[0])
    assert one.result == D("93.33")
    assert Application.objects.get(pk=application.pk).score == D("80.00")
    assert Score.objects.filter(review=one).count() == 2
    assert Entry.objects.filter(verb="booths.review.correct").count() == 1


@pytest.mark.parametrize("given", [{}, {"first": "11"}, {"first": "-1"}])
def test_points_must_be_whole_and_in_range(edition, jury, given):
    review = world.review(applied(edition, "under_review"), jury[0])
    named = dict(zip(points(edition, "1", "1"), map(D, given.values()), strict=False))
    with pytest.raises(Invalid) as refusal:
        score_review(review, points=named, by=jury[0])
    assert set(refusal.value.fields) <= {f"points_{pk}" for pk in points(edition, "1", "1")}
    assert not Score.objects.exists()


def test_only_the_juror_scores_and_only_while_in_the_jury(edition, desk, jury):
    review = world.review(applied(edition, "under_review"), jury[0])
    for person in (jury[1], desk, world.officer(edition, "director")):
        with pytest.raises(Forbidden):
            score_review(review, points=points(edition, "1", "1"), by=person)
    Officer.objects.filter(person=jury[0]).delete()
    dismissed = Person.objects.get(pk=jury[0].pk)
    with pytest.raises(Forbidden):
        step_aside(review, reason="Bạn", by=dismissed)


def test_who_is_tied_is_told_to_step_aside(edition, jury):
    application = applied(edition, "under_review")
    review = world.review(application, jury[0])
    Membership.objects.create(company=application.company, person=jury[0])
    with pytest.raises(Refused) as refusal:
        score_review(review, points=points(edition, "1", "1"), by=jury[0])
    assert refusal.value.code == "partial"
    step_aside(review, reason="Tôi làm ở đây", by=jury[0])
    assert (review.state, review.conflict) == ("conflict", "Tôi làm ở đây")


def test_stepping_aside_takes_the_points_back(edition, jury):
    application = applied(edition, "under_review")
    reviews = [world.review(application, juror) for juror in jury[:2]]
    score_review(reviews[0], points=points(edition, "10", "5"), by=jury[0])
    score_review(reviews[1], points=points(edition, "5", "5"), by=jury[1])
    with pytest.raises(Invalid):
        step_aside(reviews[0], reason=" ", by=jury[0])
    step_aside(reviews[0], reason="Bạn cũ", by=jury[0])
    assert Application.objects.get(pk=application.pk).score == D("66.67")
    with pytest.raises(StateConflict):
        score_review(reviews[0], points=points(edition, "10", "5"), by=jury[0])


@pytest.mark.parametrize("state", ["accepted", "rejected", "waitlisted", "withdrawn"])
def test_what_is_decided_is_scored_no_more(edition, jury, state):
    review = world.review(applied(edition, state), jury[0])
    with pytest.raises(Refused) as refusal:
        score_review(review, points=points(edition, "1", "1"), by=jury[0])
    assert refusal.value.code == "already_decided"


def test_a_juror_sees_their_own_reviews_of_their_own_edition(edition, desk, jury):
    own = world.review(applied(edition), jury[0])
    world.review(applied(edition), jury[1])
    world.review(applied(world.edition()), world.person())
    Review.objects.create(application=applied(world.edition()), reviewer=jury[0])
    assert list(Review.objects.visible_to(jury[0])) == [own]
    assert not Review.objects.visible_to(desk).exists()


def test_once_scored_the_rules_of_the_game_stand(edition, desk, jury):
    first = Criterion.objects.first()
    set_criterion(edition, criterion=first, weight=D(3), by=desk)
    score_review(world.review(applied(edition), jury[0]), points=points(edition, "1", "1"), by=jury[0])
    set_criterion(edition, criterion=first, about_en="Look at the glaze.", by=desk)
    for deed in (
        lambda: set_criterion(edition, criterion=first, weight=D(4), by=desk),
        lambda: set_criterion(edition, name_vi="Mới", name_en="New", by=desk),
        lambda: remove_criterion(first, by=desk),
    ):
        with pytest.raises(Refused) as refusal:
            deed()
        assert refusal.value.code == "already_scored"


def test_a_threshold_replaces_the_one_before(edition, desk):
    group = world.product_group()
    for least in (D(60), D(65)):
        set_threshold(edition, least=least, by=desk)
        set_threshold(edition, least=least + 5, product_group=group, by=desk)
    assert sorted(Threshold.objects.values_list("least", flat=True)) == [65, 70]
    with pytest.raises(Invalid):
        set_threshold(edition, least=D(101), by=desk)
    with pytest.raises(Forbidden):
        set_threshold(edition, least=D(1), by=world.officer(edition, "reviewer"))
