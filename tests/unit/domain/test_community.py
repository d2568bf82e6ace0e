"""The code lists of the community page: in the words of the language in force, in Vietnamese on paper."""

from casemgr import i18n
from casemgr.domain import community
from casemgr.domain.activities import ActivityKind
from casemgr.domain.programme_reading import shipped


def test_words_follow_the_language_and_paper_stays_vietnamese() -> None:
    assert community.label(community.TOPICS, "planning") == "Lập kế hoạch có sự tham gia"
    i18n.choose("en")
    assert community.label(community.TOPICS, "planning") == "Participatory planning"
    assert community.on_paper(community.TOPICS, "planning") == "Lập kế hoạch có sự tham gia"
    assert community.label(community.FORMS, "old_code") == "old_code"
    assert community.on_paper(community.FORMS, "old_code") == "old_code"


def test_every_programme_named_is_in_the_catalogue() -> None:
    named = {community.programme_of(kind) for kind in ActivityKind} - {""}
    named |= {community.programme_for_sponsoring(gift=gift) for gift in (True, False)}
    assert named <= {code for kind, code in shipped()[0] if kind == "programme"}


def test_the_plan_asks_for_three_topics_and_a_failed_course_does_not_count() -> None:
    assert community.required_topics() == ("management", "planning", "community")
    assert community.counts_as_trained("")
    assert not community.counts_as_trained("not_completed")
    assert community.in_hamlet("hamlet_head")
    assert not community.in_hamlet("commune_officer")
