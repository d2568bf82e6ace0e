"""A person as the file knows her: what may be written, the official code lists, and the soft checks."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from casemgr.domain.dates import PartialDate
from casemgr.i18n import N_


class Sex(StrEnum):
    """Sex as on the identity card."""

    MALE = "male"
    FEMALE = "female"


SEX_LABELS = {Sex.MALE: N_("Male"), Sex.FEMALE: N_("Female")}


class Relation(StrEnum):
    """Relation to the head of household."""

    HEAD = "head"
    SPOUSE = "spouse"
    CHILD = "child"
    CHILD_IN_LAW = "child_in_law"
    PARENT = "parent"
    PARENT_IN_LAW = "parent_in_law"
    GRANDCHILD = "grandchild"
    GRANDPARENT = "grandparent"
    SIBLING = "sibling"
    NIECE_NEPHEW = "niece_nephew"
    OTHER = "other"


RELATION_LABELS = {
    Relation.HEAD: N_("Head of household"),
    Relation.SPOUSE: N_("Wife or husband"),
    Relation.CHILD: N_("Child"),
    Relation.CHILD_IN_LAW: N_("Son- or daughter-in-law"),
    Relation.PARENT: N_("Father or mother"),
    Relation.PARENT_IN_LAW: N_("Father- or mother-in-law"),
    Relation.GRANDCHILD: N_("Grandchild"),
    Relation.GRANDPARENT: N_("Grandparent"),
    Relation.SIBLING: N_("Brother or sister"),
    Relation.NIECE_NEPHEW: N_("Niece or nephew"),
    Relation.OTHER: N_("Other relation"),
}


class Education(StrEnum):
    """Highest level reached."""

    NONE = "none"
    PRIMARY = "primary"
    LOWER_SECONDARY = "lower_secondary"
    UPPER_SECONDARY = "upper_secondary"
    VOCATIONAL = "vocational"
    COLLEGE = "college"
    UNIVERSITY = "university"


EDUCATION_LABELS = {
    Education.NONE: N_("No schooling"),
    Education.PRIMARY: N_("Primary school"),
    Education.LOWER_SECONDARY: N_("Lower secondary school"),
    Education.UPPER_SECONDARY: N_("Upper secondary school"),
    Education.VOCATIONAL: N_("Vocational training"),
    Education.COLLEGE: N_("College"),
    Education.UNIVERSITY: N_("University or higher"),
}


class Work(StrEnum):
    """What the person does now; the third value stands on form Mẫu số 01."""

    EMPLOYED = "employed"
    UNEMPLOYED = "unemployed"
    STUDYING = "studying"
    HOME = "home"
    RETIRED = "retired"
    TOO_YOUNG = "too_young"


WORK_LABELS = {
    Work.EMPLOYED: N_("In work"),
    Work.UNEMPLOYED: N_("Without work"),
    Work.STUDYING: N_("At school"),
    Work.HOME: N_("Housework"),
    Work.RETIRED: N_("Retired"),
    Work.TOO_YOUNG: N_("Below school age"),
}


class LabourCapacity(StrEnum):
    """Ability to work."""

    ABLE = "able"
    REDUCED = "reduced"
    NONE = "none"


LABOUR_LABELS = {
    LabourCapacity.ABLE: N_("Able to work"),
    LabourCapacity.REDUCED: N_("Reduced capacity"),
    LabourCapacity.NONE: N_("Not able to work"),
}


class Disability(StrEnum):
    """Degree of disability as certified by the commune's council."""

    MILD = "mild"
    SEVERE = "severe"
    VERY_SEVERE = "very_severe"


DISABILITY_LABELS = {
    Disability.MILD: N_("Mild disability"),
    Disability.SEVERE: N_("Severe disability"),
    Disability.VERY_SEVERE: N_("Very severe disability"),
}


class LeaveReason(StrEnum):
    """Why a member left a household."""

    DIED = "died"
    MOVED = "moved"
    MARRIED = "married"
    SPLIT = "split"
    MISTAKE = "mistake"
    OTHER = "other"


LEAVE_LABELS = {
    LeaveReason.DIED: N_("Died"),
    LeaveReason.MOVED: N_("Moved away"),
    LeaveReason.MARRIED: N_("Married into another household"),
    LeaveReason.SPLIT: N_("Household split"),
    LeaveReason.MISTAKE: N_("Entered by mistake"),
    LeaveReason.OTHER: N_("Other reason"),
}


@dataclass(frozen=True)
class PersonData:
    """What an officer may write of a person; only the name is required."""

    full_name: str
    sex: Sex | None = None
    birth: PartialDate | None = None
    id_number: str | None = None
    """CCCD, 12 digits."""
    id_issued_on: date | None = None
    old_id_number: str | None = None
    """CMND, 9 digits, kept as a search alias."""
    ethnic: str | None = None
    """Code of the 1979 list."""
    education: Education | None = None
    work: Work | None = None
    occupation: str = ""
    labour: LabourCapacity | None = None
    disability: Disability | None = None
    insurance_number: str | None = None
    """BHYT: 10, 12 or 15 characters."""
    merit: bool = False
    """Người có công với cách mạng."""
    allowance: bool = False
    """Receives the monthly social allowance."""
    phone: str | None = None
    died_on: date | None = None
    notes: str = ""
