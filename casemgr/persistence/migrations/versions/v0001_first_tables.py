"""The tables of the first release, as they were."""

from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

STATEMENTS = (
    """CREATE TABLE change ( seq INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, txn BLOB NOT NULL, commune TEXT NOT NULL,
    table_name TEXT NOT NULL, record_id BLOB NOT NULL, op TEXT NOT NULL, field TEXT NOT NULL, old TEXT, new TEXT, at
    TEXT NOT NULL, user_id BLOB NOT NULL, device_id BLOB NOT NULL ) STRICT""",
    """CREATE TABLE journal ( seq INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, txn BLOB NOT NULL, commune TEXT NOT NULL,
    at TEXT NOT NULL, user_id BLOB NOT NULL, device_id BLOB NOT NULL, action TEXT NOT NULL, subject_table TEXT NOT
    NULL, subject_id BLOB, undoable INTEGER NOT NULL, undoes BLOB, changes INTEGER NOT NULL, digest TEXT NOT NULL,
    previous TEXT NOT NULL, hash TEXT NOT NULL ) STRICT""",
    """CREATE TABLE person ( full_name TEXT NOT NULL, name_key TEXT NOT NULL, name_sort BLOB NOT NULL, sex TEXT, birth
    TEXT, id_number TEXT, id_issued_on TEXT, old_id_number TEXT, ethnic TEXT, education TEXT, work TEXT, occupation
    TEXT NOT NULL, labour TEXT, disability TEXT, insurance_number TEXT, merit INTEGER NOT NULL, allowance INTEGER
    NOT NULL, phone TEXT, died_on TEXT, notes TEXT NOT NULL, id BLOB NOT NULL, version INTEGER NOT NULL, commune
    TEXT NOT NULL, CONSTRAINT pk_person PRIMARY KEY (id), CONSTRAINT uq_person_id_number UNIQUE (id_number) ) STRICT""",
    """CREATE TABLE decision ( number TEXT NOT NULL, signed_on TEXT, year INTEGER NOT NULL, summary TEXT NOT NULL, id
    BLOB NOT NULL, version INTEGER NOT NULL, commune TEXT NOT NULL, CONSTRAINT pk_decision PRIMARY KEY (id),
    CONSTRAINT uq_decision_commune_year_number UNIQUE (commune, year, number) ) STRICT""",
    """CREATE TABLE household_index ( household_id BLOB NOT NULL, commune TEXT NOT NULL, number INTEGER NOT NULL,
    head_id BLOB, head_name TEXT NOT NULL, head_sort BLOB NOT NULL, hamlet_id BLOB, class_value TEXT NOT NULL,
    class_year INTEGER, people INTEGER NOT NULL, active INTEGER NOT NULL, CONSTRAINT pk_household_index PRIMARY KEY
    (household_id) ) STRICT""",
    """CREATE TABLE import_batch ( at TEXT NOT NULL, label TEXT NOT NULL, year INTEGER NOT NULL, people INTEGER NOT
    NULL, created INTEGER NOT NULL, updated INTEGER NOT NULL, unchanged INTEGER NOT NULL, id BLOB NOT NULL, version
    INTEGER NOT NULL, commune TEXT NOT NULL, CONSTRAINT pk_import_batch PRIMARY KEY (id) ) STRICT""",
    """CREATE TABLE column_mapping ( fingerprint TEXT NOT NULL, mapping TEXT NOT NULL, id BLOB NOT NULL, version
    INTEGER NOT NULL, commune TEXT NOT NULL, CONSTRAINT pk_column_mapping PRIMARY KEY (id), CONSTRAINT
    uq_column_mapping_commune_fingerprint UNIQUE (commune, fingerprint) ) STRICT""",
    """CREATE TABLE office ( commune_name TEXT NOT NULL, province_code TEXT NOT NULL, province_name TEXT NOT NULL,
    agency_lines TEXT NOT NULL, place_name TEXT NOT NULL, certificate_symbol TEXT NOT NULL, sample INTEGER NOT NULL,
    id BLOB NOT NULL, version INTEGER NOT NULL, commune TEXT NOT NULL, CONSTRAINT pk_office PRIMARY KEY (id) )
    STRICT""",
    """CREATE TABLE hamlet ( kind TEXT NOT NULL, name TEXT NOT NULL, name_key TEXT NOT NULL, area TEXT NOT NULL, active
    INTEGER NOT NULL, id BLOB NOT NULL, version INTEGER NOT NULL, commune TEXT NOT NULL, CONSTRAINT pk_hamlet
    PRIMARY KEY (id), CONSTRAINT uq_hamlet_commune_kind_name UNIQUE (commune, kind, name) ) STRICT""",
    """CREATE TABLE signatory ( name TEXT NOT NULL, title_lines TEXT NOT NULL, active INTEGER NOT NULL, id BLOB NOT
    NULL, version INTEGER NOT NULL, commune TEXT NOT NULL, CONSTRAINT pk_signatory PRIMARY KEY (id) ) STRICT""",
    """CREATE TABLE user ( login TEXT NOT NULL, name TEXT NOT NULL, role TEXT NOT NULL, active INTEGER NOT NULL, id
    BLOB NOT NULL, version INTEGER NOT NULL, commune TEXT NOT NULL, CONSTRAINT pk_user PRIMARY KEY (id), CONSTRAINT
    uq_user_login UNIQUE (login) ) STRICT""",
    """CREATE TABLE device ( label TEXT NOT NULL, first_seen TEXT NOT NULL, id BLOB NOT NULL, version INTEGER NOT NULL,
    commune TEXT NOT NULL, CONSTRAINT pk_device PRIMARY KEY (id) ) STRICT""",
    """CREATE TABLE setting ( "key" TEXT NOT NULL, value TEXT NOT NULL, id BLOB NOT NULL, version INTEGER NOT NULL,
    commune TEXT NOT NULL, CONSTRAINT pk_setting PRIMARY KEY (id), CONSTRAINT uq_setting_commune_key UNIQUE
    (commune, "key") ) STRICT""",
    """CREATE TABLE number_series ( kind TEXT NOT NULL, year INTEGER NOT NULL, last INTEGER NOT NULL, id BLOB NOT NULL,
    version INTEGER NOT NULL, commune TEXT NOT NULL, CONSTRAINT pk_number_series PRIMARY KEY (id), CONSTRAINT
    uq_number_series_commune_kind_year UNIQUE (commune, kind, year) ) STRICT""",
    """CREATE TABLE template ( "key" TEXT NOT NULL, number INTEGER NOT NULL, title TEXT NOT NULL, body TEXT NOT NULL,
    valid_from TEXT NOT NULL, based_on BLOB, id BLOB NOT NULL, version INTEGER NOT NULL, commune TEXT NOT NULL,
    CONSTRAINT pk_template PRIMARY KEY (id) ) STRICT""",
    """CREATE TABLE policy_pack ( pack TEXT NOT NULL, revision INTEGER NOT NULL, scope TEXT NOT NULL, province TEXT NOT
    NULL, valid_from TEXT NOT NULL, valid_to TEXT, status TEXT NOT NULL, content TEXT NOT NULL, sha256 TEXT NOT
    NULL, origin TEXT NOT NULL, signed_by TEXT NOT NULL, accepted_at TEXT NOT NULL, accepted_by BLOB NOT NULL, id
    BLOB NOT NULL, version INTEGER NOT NULL, commune TEXT NOT NULL, CONSTRAINT pk_policy_pack PRIMARY KEY (id),
    CONSTRAINT uq_policy_pack_commune_sha256 UNIQUE (commune, sha256) ) STRICT""",
    """CREATE TABLE score_table ( pack TEXT NOT NULL, title TEXT NOT NULL, source TEXT NOT NULL, content TEXT NOT NULL,
    sha256 TEXT NOT NULL, loaded_at TEXT NOT NULL, loaded_by BLOB NOT NULL, id BLOB NOT NULL, version INTEGER NOT
    NULL, commune TEXT NOT NULL, CONSTRAINT pk_score_table PRIMARY KEY (id) ) STRICT""",
    """CREATE TABLE holiday ( day TEXT NOT NULL, name TEXT NOT NULL, kind TEXT NOT NULL, certainty TEXT NOT NULL, id
    BLOB NOT NULL, version INTEGER NOT NULL, commune TEXT NOT NULL, CONSTRAINT pk_holiday PRIMARY KEY (id),
    CONSTRAINT uq_holiday_commune_day UNIQUE (commune, day) ) STRICT""",
    """CREATE TABLE search_entry ( id INTEGER NOT NULL, commune TEXT NOT NULL, kind TEXT NOT NULL, record_id BLOB NOT
    NULL, household_id BLOB NOT NULL, title TEXT NOT NULL, name_key TEXT NOT NULL, CONSTRAINT pk_search_entry
    PRIMARY KEY (id) ) STRICT""",
    """CREATE TABLE programme ( kind TEXT NOT NULL, code TEXT NOT NULL, content TEXT NOT NULL, removed INTEGER NOT
    NULL, id BLOB NOT NULL, version INTEGER NOT NULL, commune TEXT NOT NULL, CONSTRAINT pk_programme PRIMARY KEY
    (id), CONSTRAINT uq_programme_commune_kind_code UNIQUE (commune, kind, code) ) STRICT""",
    """CREATE TABLE budget ( year INTEGER NOT NULL, programme TEXT NOT NULL, source TEXT NOT NULL, amount INTEGER NOT
    NULL, document TEXT NOT NULL, id BLOB NOT NULL, version INTEGER NOT NULL, commune TEXT NOT NULL, CONSTRAINT
    pk_budget PRIMARY KEY (id) ) STRICT""",
    """CREATE TABLE sponsor ( name TEXT NOT NULL, kind TEXT NOT NULL, contact TEXT NOT NULL, phone TEXT, note TEXT NOT
    NULL, id BLOB NOT NULL, version INTEGER NOT NULL, commune TEXT NOT NULL, CONSTRAINT pk_sponsor PRIMARY KEY (id)
    ) STRICT""",
    """CREATE TABLE target ( set_code TEXT NOT NULL, indicator TEXT NOT NULL, year INTEGER NOT NULL, comparison TEXT
    NOT NULL, value_hundredths INTEGER NOT NULL, unit TEXT NOT NULL, document TEXT NOT NULL, note TEXT NOT NULL, id
    BLOB NOT NULL, version INTEGER NOT NULL, commune TEXT NOT NULL, CONSTRAINT pk_target PRIMARY KEY (id),
    CONSTRAINT uq_target_commune_set_code_indicator_year UNIQUE (commune, set_code, indicator, year) ) STRICT""",
    """CREATE TABLE own_indicator ( code TEXT NOT NULL, title TEXT NOT NULL, definition TEXT NOT NULL, id BLOB NOT
    NULL, version INTEGER NOT NULL, commune TEXT NOT NULL, CONSTRAINT pk_own_indicator PRIMARY KEY (id), CONSTRAINT
    uq_own_indicator_commune_code UNIQUE (commune, code) ) STRICT""",
    """CREATE TABLE person_condition ( person_id BLOB NOT NULL, insured INTEGER, school TEXT, nutrition TEXT, contract
    INTEGER, wage_work INTEGER, seeks_work INTEGER, trained INTEGER, id BLOB NOT NULL, version INTEGER NOT NULL,
    commune TEXT NOT NULL, CONSTRAINT pk_person_condition PRIMARY KEY (id), CONSTRAINT uq_person_condition_person_id
    UNIQUE (person_id), CONSTRAINT fk_person_condition_person_id FOREIGN KEY(person_id) REFERENCES person (id)
    DEFERRABLE INITIALLY DEFERRED ) STRICT""",
    """CREATE TABLE household ( number INTEGER NOT NULL, hamlet_id BLOB, area TEXT, address TEXT NOT NULL,
    permanent_address TEXT NOT NULL, phone TEXT, flags TEXT NOT NULL, notes TEXT NOT NULL, ended_on TEXT, end_reason
    TEXT, id BLOB NOT NULL, version INTEGER NOT NULL, commune TEXT NOT NULL, CONSTRAINT pk_household PRIMARY KEY
    (id), CONSTRAINT uq_household_commune_number UNIQUE (commune, number), CONSTRAINT fk_household_hamlet_id FOREIGN
    KEY(hamlet_id) REFERENCES hamlet (id) DEFERRABLE INITIALLY DEFERRED ) STRICT""",
    """CREATE TABLE livelihood_group ( name TEXT NOT NULL, kind TEXT NOT NULL, hamlet_id BLOB, certificate TEXT NOT
    NULL, certified_on TEXT, rules TEXT NOT NULL, account TEXT NOT NULL, ended_on TEXT, note TEXT NOT NULL, id BLOB
    NOT NULL, version INTEGER NOT NULL, commune TEXT NOT NULL, CONSTRAINT pk_livelihood_group PRIMARY KEY (id),
    CONSTRAINT fk_livelihood_group_hamlet_id FOREIGN KEY(hamlet_id) REFERENCES hamlet (id) DEFERRABLE INITIALLY
    DEFERRED ) STRICT""",
    """CREATE TABLE campaign ( kind TEXT NOT NULL, year INTEGER NOT NULL, class_year INTEGER NOT NULL, title TEXT NOT
    NULL, opened_on TEXT NOT NULL, survey_from TEXT NOT NULL, survey_to TEXT NOT NULL, due_on TEXT NOT NULL,
    opinion_required INTEGER NOT NULL, pack TEXT NOT NULL, pack_sha256 TEXT NOT NULL, local_pack TEXT, local_sha256
    TEXT, status TEXT NOT NULL, closed_on TEXT, decision_id BLOB, note TEXT NOT NULL, id BLOB NOT NULL, version
    INTEGER NOT NULL, commune TEXT NOT NULL, CONSTRAINT pk_campaign PRIMARY KEY (id), CONSTRAINT
    fk_campaign_decision_id FOREIGN KEY(decision_id) REFERENCES decision (id) DEFERRABLE INITIALLY DEFERRED ) STRICT""",
    """CREATE TABLE distribution ( title TEXT NOT NULL, programme TEXT NOT NULL, rule TEXT NOT NULL, period TEXT NOT
    NULL, on_date TEXT NOT NULL, place TEXT NOT NULL, source TEXT NOT NULL, budget_id BLOB, decision_number TEXT NOT
    NULL, decision_on TEXT, status TEXT NOT NULL, excluded TEXT NOT NULL, note TEXT NOT NULL, id BLOB NOT NULL,
    version INTEGER NOT NULL, commune TEXT NOT NULL, CONSTRAINT pk_distribution PRIMARY KEY (id), CONSTRAINT
    fk_distribution_budget_id FOREIGN KEY(budget_id) REFERENCES budget (id) DEFERRABLE INITIALLY DEFERRED ) STRICT""",
    """CREATE TABLE insurance_card ( person_id BLOB NOT NULL, number TEXT NOT NULL, "group" TEXT NOT NULL, valid_from
    TEXT NOT NULL, valid_to TEXT, facility TEXT NOT NULL, payer_percent INTEGER, household_class TEXT NOT NULL, id
    BLOB NOT NULL, version INTEGER NOT NULL, commune TEXT NOT NULL, CONSTRAINT pk_insurance_card PRIMARY KEY (id),
    CONSTRAINT fk_insurance_card_person_id FOREIGN KEY(person_id) REFERENCES person (id) DEFERRABLE INITIALLY
    DEFERRED ) STRICT""",
    """CREATE TABLE activity ( kind TEXT NOT NULL, title TEXT NOT NULL, on_date TEXT NOT NULL, to_on TEXT, programme
    TEXT NOT NULL, hamlet_id BLOB, place TEXT NOT NULL, organiser TEXT NOT NULL, topics TEXT NOT NULL, purposes TEXT
    NOT NULL, hours INTEGER NOT NULL, cost INTEGER NOT NULL, source TEXT NOT NULL, note TEXT NOT NULL, id BLOB NOT
    NULL, version INTEGER NOT NULL, commune TEXT NOT NULL, CONSTRAINT pk_activity PRIMARY KEY (id), CONSTRAINT
    fk_activity_hamlet_id FOREIGN KEY(hamlet_id) REFERENCES hamlet (id) DEFERRABLE INITIALLY DEFERRED ) STRICT""",
    """CREATE TABLE poverty_officer ( name TEXT NOT NULL, position TEXT NOT NULL, hamlet_id BLOB, from_on TEXT, to_on
    TEXT, id BLOB NOT NULL, version INTEGER NOT NULL, commune TEXT NOT NULL, CONSTRAINT pk_poverty_officer PRIMARY
    KEY (id), CONSTRAINT fk_poverty_officer_hamlet_id FOREIGN KEY(hamlet_id) REFERENCES hamlet (id) DEFERRABLE
    INITIALLY DEFERRED ) STRICT""",
    """CREATE TABLE works ( name TEXT NOT NULL, kind TEXT NOT NULL, programme TEXT NOT NULL, hamlet_id BLOB, investor
    TEXT NOT NULL, approval TEXT NOT NULL, budget INTEGER NOT NULL, contribution INTEGER NOT NULL, contribution_days
    INTEGER NOT NULL, land INTEGER NOT NULL, budget_sources TEXT NOT NULL, maintenance TEXT NOT NULL, maintained_on
    TEXT, maintenance_due TEXT, start_on TEXT, accepted_on TEXT, progress INTEGER NOT NULL, disbursed INTEGER NOT
    NULL, households INTEGER NOT NULL, planned_for INTEGER NOT NULL, note TEXT NOT NULL, id BLOB NOT NULL, version
    INTEGER NOT NULL, commune TEXT NOT NULL, CONSTRAINT pk_works PRIMARY KEY (id), CONSTRAINT fk_works_hamlet_id
    FOREIGN KEY(hamlet_id) REFERENCES hamlet (id) DEFERRABLE INITIALLY DEFERRED ) STRICT""",
    """CREATE TABLE course ( code TEXT NOT NULL, trade TEXT NOT NULL, level TEXT NOT NULL, provider TEXT NOT NULL,
    contract TEXT NOT NULL, theory_hours INTEGER NOT NULL, practice_hours INTEGER NOT NULL, place TEXT NOT NULL,
    area TEXT NOT NULL, start_on TEXT, end_on TEXT, days TEXT NOT NULL, capacity INTEGER NOT NULL, tuition INTEGER
    NOT NULL, source TEXT NOT NULL, generation TEXT NOT NULL, decision_number TEXT NOT NULL, decision_on TEXT,
    closed_on TEXT, officer_id BLOB, note TEXT NOT NULL, id BLOB NOT NULL, version INTEGER NOT NULL, commune TEXT
    NOT NULL, CONSTRAINT pk_course PRIMARY KEY (id), CONSTRAINT fk_course_officer_id FOREIGN KEY(officer_id)
    REFERENCES user (id) DEFERRABLE INITIALLY DEFERRED ) STRICT""",
    """CREATE TABLE case_file ( household_id BLOB NOT NULL, officer_id BLOB, opened_on TEXT NOT NULL, open_reason TEXT
    NOT NULL, closed_on TEXT, close_reason TEXT NOT NULL, id BLOB NOT NULL, version INTEGER NOT NULL, commune TEXT
    NOT NULL, CONSTRAINT pk_case_file PRIMARY KEY (id), CONSTRAINT fk_case_file_household_id FOREIGN
    KEY(household_id) REFERENCES household (id) DEFERRABLE INITIALLY DEFERRED, CONSTRAINT fk_case_file_officer_id
    FOREIGN KEY(officer_id) REFERENCES user (id) DEFERRABLE INITIALLY DEFERRED ) STRICT""",
    """CREATE TABLE case_plan ( household_id BLOB NOT NULL, number INTEGER NOT NULL, status TEXT NOT NULL, agreed_on
    TEXT, summary TEXT NOT NULL, id BLOB NOT NULL, version INTEGER NOT NULL, commune TEXT NOT NULL, CONSTRAINT
    pk_case_plan PRIMARY KEY (id), CONSTRAINT uq_case_plan_household_id_number UNIQUE (household_id, number),
    CONSTRAINT fk_case_plan_household_id FOREIGN KEY(household_id) REFERENCES household (id) DEFERRABLE INITIALLY
    DEFERRED ) STRICT""",
    """CREATE TABLE case_note ( household_id BLOB NOT NULL, person_id BLOB, kind TEXT NOT NULL, on_date TEXT NOT NULL,
    text TEXT NOT NULL, officer_id BLOB, id BLOB NOT NULL, version INTEGER NOT NULL, commune TEXT NOT NULL,
    CONSTRAINT pk_case_note PRIMARY KEY (id), CONSTRAINT fk_case_note_household_id FOREIGN KEY(household_id)
    REFERENCES household (id) DEFERRABLE INITIALLY DEFERRED, CONSTRAINT fk_case_note_person_id FOREIGN
    KEY(person_id) REFERENCES person (id) DEFERRABLE INITIALLY DEFERRED, CONSTRAINT fk_case_note_officer_id FOREIGN
    KEY(officer_id) REFERENCES user (id) DEFERRABLE INITIALLY DEFERRED ) STRICT""",
    """CREATE TABLE referral ( household_id BLOB NOT NULL, person_id BLOB, to_office TEXT NOT NULL, subject TEXT NOT
    NULL, sent_on TEXT NOT NULL, due_on TEXT, answered_on TEXT, outcome TEXT NOT NULL, answer TEXT NOT NULL,
    officer_id BLOB, note TEXT NOT NULL, id BLOB NOT NULL, version INTEGER NOT NULL, commune TEXT NOT NULL,
    CONSTRAINT pk_referral PRIMARY KEY (id), CONSTRAINT fk_referral_household_id FOREIGN KEY(household_id)
    REFERENCES household (id) DEFERRABLE INITIALLY DEFERRED, CONSTRAINT fk_referral_person_id FOREIGN KEY(person_id)
    REFERENCES person (id) DEFERRABLE INITIALLY DEFERRED, CONSTRAINT fk_referral_officer_id FOREIGN KEY(officer_id)
    REFERENCES user (id) DEFERRABLE INITIALLY DEFERRED ) STRICT""",
    """CREATE TABLE state_step ( kind TEXT NOT NULL, subject_id BLOB NOT NULL, household_id BLOB, from_state TEXT NOT
    NULL, to_state TEXT NOT NULL, on_date TEXT NOT NULL, document_number TEXT NOT NULL, document_on TEXT, reason
    TEXT NOT NULL, detail TEXT NOT NULL, id BLOB NOT NULL, version INTEGER NOT NULL, commune TEXT NOT NULL,
    CONSTRAINT pk_state_step PRIMARY KEY (id), CONSTRAINT fk_state_step_household_id FOREIGN KEY(household_id)
    REFERENCES household (id) DEFERRABLE INITIALLY DEFERRED ) STRICT""",
    """CREATE TABLE certificate ( household_id BLOB NOT NULL, number INTEGER NOT NULL, year INTEGER NOT NULL, symbol
    TEXT NOT NULL, issued_on TEXT NOT NULL, status TEXT NOT NULL, status_reason TEXT NOT NULL, status_on TEXT,
    replaces_id BLOB, head_name TEXT NOT NULL, class_year INTEGER NOT NULL, class_value TEXT NOT NULL, signatory_id
    BLOB, content TEXT NOT NULL, pdf BLOB NOT NULL, sha256 TEXT NOT NULL, collected_on TEXT, collected_by TEXT NOT
    NULL, id BLOB NOT NULL, version INTEGER NOT NULL, commune TEXT NOT NULL, CONSTRAINT pk_certificate PRIMARY KEY
    (id), CONSTRAINT uq_certificate_commune_year_number UNIQUE (commune, year, number), CONSTRAINT
    fk_certificate_household_id FOREIGN KEY(household_id) REFERENCES household (id) DEFERRABLE INITIALLY DEFERRED,
    CONSTRAINT fk_certificate_replaces_id FOREIGN KEY(replaces_id) REFERENCES certificate (id) DEFERRABLE INITIALLY
    DEFERRED, CONSTRAINT fk_certificate_signatory_id FOREIGN KEY(signatory_id) REFERENCES signatory (id) DEFERRABLE
    INITIALLY DEFERRED ) STRICT""",
    """CREATE TABLE dwelling ( household_id BLOB NOT NULL, walls_durable INTEGER, columns_durable INTEGER, roof_durable
    INTEGER, area_dm2 INTEGER, water TEXT, toilet TEXT, internet INTEGER, devices TEXT, waste_handled INTEGER,
    seen_on TEXT, note TEXT NOT NULL, id BLOB NOT NULL, version INTEGER NOT NULL, commune TEXT NOT NULL, CONSTRAINT
    pk_dwelling PRIMARY KEY (id), CONSTRAINT uq_dwelling_household_id UNIQUE (household_id), CONSTRAINT
    fk_dwelling_household_id FOREIGN KEY(household_id) REFERENCES household (id) DEFERRABLE INITIALLY DEFERRED )
    STRICT""",
    """CREATE TABLE membership ( household_id BLOB NOT NULL, person_id BLOB NOT NULL, relation TEXT NOT NULL,
    relation_text TEXT NOT NULL, position INTEGER NOT NULL, joined_on TEXT, left_on TEXT, left_reason TEXT, id BLOB
    NOT NULL, version INTEGER NOT NULL, commune TEXT NOT NULL, CONSTRAINT pk_membership PRIMARY KEY (id), CONSTRAINT
    fk_membership_household_id FOREIGN KEY(household_id) REFERENCES household (id) DEFERRABLE INITIALLY DEFERRED,
    CONSTRAINT fk_membership_person_id FOREIGN KEY(person_id) REFERENCES person (id) DEFERRABLE INITIALLY DEFERRED )
    STRICT""",
    """CREATE TABLE household_class ( household_id BLOB NOT NULL, year INTEGER NOT NULL, value TEXT NOT NULL, since
    TEXT, decision_id BLOB, b1 INTEGER, b2 INTEGER, standard TEXT NOT NULL, deprivations TEXT NOT NULL, causes TEXT
    NOT NULL, note TEXT NOT NULL, id BLOB NOT NULL, version INTEGER NOT NULL, commune TEXT NOT NULL, CONSTRAINT
    pk_household_class PRIMARY KEY (id), CONSTRAINT uq_household_class_household_id_year UNIQUE (household_id,
    year), CONSTRAINT fk_household_class_household_id FOREIGN KEY(household_id) REFERENCES household (id) DEFERRABLE
    INITIALLY DEFERRED, CONSTRAINT fk_household_class_decision_id FOREIGN KEY(decision_id) REFERENCES decision (id)
    DEFERRABLE INITIALLY DEFERRED ) STRICT""",
    """CREATE TABLE group_member ( group_id BLOB NOT NULL, household_id BLOB NOT NULL, person_id BLOB, role TEXT NOT
    NULL, experienced INTEGER NOT NULL, from_on TEXT, to_on TEXT, id BLOB NOT NULL, version INTEGER NOT NULL,
    commune TEXT NOT NULL, CONSTRAINT pk_group_member PRIMARY KEY (id), CONSTRAINT fk_group_member_group_id FOREIGN
    KEY(group_id) REFERENCES livelihood_group (id) DEFERRABLE INITIALLY DEFERRED, CONSTRAINT
    fk_group_member_household_id FOREIGN KEY(household_id) REFERENCES household (id) DEFERRABLE INITIALLY DEFERRED,
    CONSTRAINT fk_group_member_person_id FOREIGN KEY(person_id) REFERENCES person (id) DEFERRABLE INITIALLY DEFERRED
    ) STRICT""",
    """CREATE TABLE community_project ( title TEXT NOT NULL, programme TEXT NOT NULL, generation TEXT NOT NULL, area
    TEXT NOT NULL, status TEXT NOT NULL, status_on TEXT NOT NULL, group_id BLOB, leader TEXT NOT NULL, copies_id
    BLOB, decision_number TEXT NOT NULL, decision_on TEXT, contract_number TEXT NOT NULL, contract_on TEXT,
    total_cost INTEGER NOT NULL, state_amount INTEGER NOT NULL, start_on TEXT, end_on TEXT, due_on TEXT, officer_id
    BLOB, revolving TEXT NOT NULL, note TEXT NOT NULL, id BLOB NOT NULL, version INTEGER NOT NULL, commune TEXT NOT
    NULL, CONSTRAINT pk_community_project PRIMARY KEY (id), CONSTRAINT fk_community_project_group_id FOREIGN
    KEY(group_id) REFERENCES livelihood_group (id) DEFERRABLE INITIALLY DEFERRED, CONSTRAINT
    fk_community_project_copies_id FOREIGN KEY(copies_id) REFERENCES community_project (id) DEFERRABLE INITIALLY
    DEFERRED, CONSTRAINT fk_community_project_officer_id FOREIGN KEY(officer_id) REFERENCES user (id) DEFERRABLE
    INITIALLY DEFERRED ) STRICT""",
    """CREATE TABLE meeting ( campaign_id BLOB NOT NULL, hamlet_id BLOB NOT NULL, held_on TEXT NOT NULL, place TEXT NOT
    NULL, chair TEXT NOT NULL, secretary TEXT NOT NULL, representative TEXT NOT NULL, present INTEGER NOT NULL,
    front_invited INTEGER NOT NULL, discussion TEXT NOT NULL, closed INTEGER NOT NULL, id BLOB NOT NULL, version
    INTEGER NOT NULL, commune TEXT NOT NULL, CONSTRAINT pk_meeting PRIMARY KEY (id), CONSTRAINT
    fk_meeting_campaign_id FOREIGN KEY(campaign_id) REFERENCES campaign (id) DEFERRABLE INITIALLY DEFERRED,
    CONSTRAINT fk_meeting_hamlet_id FOREIGN KEY(hamlet_id) REFERENCES hamlet (id) DEFERRABLE INITIALLY DEFERRED )
    STRICT""",
    """CREATE TABLE opinion ( campaign_id BLOB NOT NULL, authority TEXT NOT NULL, sent_on TEXT NOT NULL, number TEXT
    NOT NULL, due_on TEXT NOT NULL, answered_on TEXT, answer_number TEXT NOT NULL, agreed INTEGER, content TEXT NOT
    NULL, id BLOB NOT NULL, version INTEGER NOT NULL, commune TEXT NOT NULL, CONSTRAINT pk_opinion PRIMARY KEY (id),
    CONSTRAINT fk_opinion_campaign_id FOREIGN KEY(campaign_id) REFERENCES campaign (id) DEFERRABLE INITIALLY
    DEFERRED ) STRICT""",
    """CREATE TABLE review_request ( kind TEXT NOT NULL, household_id BLOB NOT NULL, number INTEGER NOT NULL, year
    INTEGER NOT NULL, received_on TEXT NOT NULL, way TEXT NOT NULL, applicant TEXT NOT NULL, reasons TEXT NOT NULL,
    reason_text TEXT NOT NULL, income_year INTEGER, due_on TEXT NOT NULL, status TEXT NOT NULL, answered_on TEXT,
    refusal_reason TEXT NOT NULL, note TEXT NOT NULL, id BLOB NOT NULL, version INTEGER NOT NULL, commune TEXT NOT
    NULL, CONSTRAINT pk_review_request PRIMARY KEY (id), CONSTRAINT uq_review_request_commune_year_number UNIQUE
    (commune, year, number), CONSTRAINT fk_review_request_household_id FOREIGN KEY(household_id) REFERENCES
    household (id) DEFERRABLE INITIALLY DEFERRED ) STRICT""",
    """CREATE TABLE denominator ( campaign_id BLOB NOT NULL, hamlet_id BLOB NOT NULL, households INTEGER, people
    INTEGER, households_minority INTEGER, people_minority INTEGER, households_local INTEGER, people_local INTEGER,
    id BLOB NOT NULL, version INTEGER NOT NULL, commune TEXT NOT NULL, CONSTRAINT pk_denominator PRIMARY KEY (id),
    CONSTRAINT uq_denominator_campaign_id_hamlet_id UNIQUE (campaign_id, hamlet_id), CONSTRAINT
    fk_denominator_campaign_id FOREIGN KEY(campaign_id) REFERENCES campaign (id) DEFERRABLE INITIALLY DEFERRED,
    CONSTRAINT fk_denominator_hamlet_id FOREIGN KEY(hamlet_id) REFERENCES hamlet (id) DEFERRABLE INITIALLY DEFERRED
    ) STRICT""",
    """CREATE TABLE office_paper ( kind TEXT NOT NULL, series TEXT NOT NULL, year INTEGER NOT NULL, number INTEGER,
    title TEXT NOT NULL, issued_on TEXT NOT NULL, campaign_id BLOB, household_id BLOB, subject_id BLOB, signatory_id
    BLOB, content TEXT NOT NULL, pdf BLOB NOT NULL, sha256 TEXT NOT NULL, id BLOB NOT NULL, version INTEGER NOT
    NULL, commune TEXT NOT NULL, CONSTRAINT pk_office_paper PRIMARY KEY (id), CONSTRAINT
    uq_office_paper_commune_series_year_number UNIQUE (commune, series, year, number), CONSTRAINT
    fk_office_paper_campaign_id FOREIGN KEY(campaign_id) REFERENCES campaign (id) DEFERRABLE INITIALLY DEFERRED,
    CONSTRAINT fk_office_paper_household_id FOREIGN KEY(household_id) REFERENCES household (id) DEFERRABLE INITIALLY
    DEFERRED, CONSTRAINT fk_office_paper_signatory_id FOREIGN KEY(signatory_id) REFERENCES signatory (id) DEFERRABLE
    INITIALLY DEFERRED ) STRICT""",
    """CREATE TABLE circumstance ( code TEXT NOT NULL, holds INTEGER NOT NULL, household_id BLOB, person_id BLOB,
    from_on TEXT, to_on TEXT, note TEXT NOT NULL, id BLOB NOT NULL, version INTEGER NOT NULL, commune TEXT NOT NULL,
    CONSTRAINT pk_circumstance PRIMARY KEY (id), CONSTRAINT fk_circumstance_household_id FOREIGN KEY(household_id)
    REFERENCES household (id) DEFERRABLE INITIALLY DEFERRED, CONSTRAINT fk_circumstance_person_id FOREIGN
    KEY(person_id) REFERENCES person (id) DEFERRABLE INITIALLY DEFERRED ) STRICT""",
    """CREATE TABLE enrolment ( programme TEXT NOT NULL, household_id BLOB NOT NULL, person_id BLOB, status TEXT NOT
    NULL, need_on TEXT, eligible INTEGER, decision_number TEXT NOT NULL, decision_on TEXT, from_on TEXT, to_on TEXT,
    amount INTEGER, detail TEXT NOT NULL, reason TEXT NOT NULL, note TEXT NOT NULL, id BLOB NOT NULL, version
    INTEGER NOT NULL, commune TEXT NOT NULL, CONSTRAINT pk_enrolment PRIMARY KEY (id), CONSTRAINT
    fk_enrolment_household_id FOREIGN KEY(household_id) REFERENCES household (id) DEFERRABLE INITIALLY DEFERRED,
    CONSTRAINT fk_enrolment_person_id FOREIGN KEY(person_id) REFERENCES person (id) DEFERRABLE INITIALLY DEFERRED )
    STRICT""",
    """CREATE TABLE loan ( programme TEXT NOT NULL, household_id BLOB NOT NULL, person_id BLOB, purpose TEXT NOT NULL,
    group_name TEXT NOT NULL, organisation TEXT NOT NULL, asked_on TEXT, amount INTEGER NOT NULL, term_months
    INTEGER NOT NULL, status TEXT NOT NULL, rate_millionths INTEGER, disbursed_on TEXT, due_on TEXT, class_value
    TEXT NOT NULL, listed_on TEXT, reason TEXT NOT NULL, override_reason TEXT NOT NULL, note TEXT NOT NULL, id BLOB
    NOT NULL, version INTEGER NOT NULL, commune TEXT NOT NULL, CONSTRAINT pk_loan PRIMARY KEY (id), CONSTRAINT
    fk_loan_household_id FOREIGN KEY(household_id) REFERENCES household (id) DEFERRABLE INITIALLY DEFERRED,
    CONSTRAINT fk_loan_person_id FOREIGN KEY(person_id) REFERENCES person (id) DEFERRABLE INITIALLY DEFERRED )
    STRICT""",
    """CREATE TABLE sponsorship ( sponsor_id BLOB NOT NULL, household_id BLOB NOT NULL, person_id BLOB, form TEXT NOT
    NULL, amount INTEGER NOT NULL, rhythm_months INTEGER NOT NULL, from_on TEXT, to_on TEXT, status TEXT NOT NULL,
    end_reason TEXT NOT NULL, note TEXT NOT NULL, id BLOB NOT NULL, version INTEGER NOT NULL, commune TEXT NOT NULL,
    CONSTRAINT pk_sponsorship PRIMARY KEY (id), CONSTRAINT fk_sponsorship_sponsor_id FOREIGN KEY(sponsor_id)
    REFERENCES sponsor (id) DEFERRABLE INITIALLY DEFERRED, CONSTRAINT fk_sponsorship_household_id FOREIGN
    KEY(household_id) REFERENCES household (id) DEFERRABLE INITIALLY DEFERRED, CONSTRAINT fk_sponsorship_person_id
    FOREIGN KEY(person_id) REFERENCES person (id) DEFERRABLE INITIALLY DEFERRED ) STRICT""",
    """CREATE TABLE attendance ( activity_id BLOB NOT NULL, household_id BLOB, person_id BLOB, officer_id BLOB, name
    TEXT NOT NULL, days INTEGER NOT NULL, contribution INTEGER NOT NULL, result TEXT NOT NULL, id BLOB NOT NULL,
    version INTEGER NOT NULL, commune TEXT NOT NULL, CONSTRAINT pk_attendance PRIMARY KEY (id), CONSTRAINT
    fk_attendance_activity_id FOREIGN KEY(activity_id) REFERENCES activity (id) DEFERRABLE INITIALLY DEFERRED,
    CONSTRAINT fk_attendance_household_id FOREIGN KEY(household_id) REFERENCES household (id) DEFERRABLE INITIALLY
    DEFERRED, CONSTRAINT fk_attendance_person_id FOREIGN KEY(person_id) REFERENCES person (id) DEFERRABLE INITIALLY
    DEFERRED, CONSTRAINT fk_attendance_officer_id FOREIGN KEY(officer_id) REFERENCES poverty_officer (id) DEFERRABLE
    INITIALLY DEFERRED ) STRICT""",
    """CREATE TABLE exit_mark ( household_id BLOB NOT NULL, value TEXT NOT NULL, on_date TEXT NOT NULL, reason TEXT NOT
    NULL, id BLOB NOT NULL, version INTEGER NOT NULL, commune TEXT NOT NULL, CONSTRAINT pk_exit_mark PRIMARY KEY
    (id), CONSTRAINT fk_exit_mark_household_id FOREIGN KEY(household_id) REFERENCES household (id) DEFERRABLE
    INITIALLY DEFERRED ) STRICT""",
    """CREATE TABLE task ( kind TEXT NOT NULL, title TEXT NOT NULL, due_on TEXT NOT NULL, household_id BLOB, person_id
    BLOB, programme TEXT NOT NULL, cause_id BLOB, rule TEXT NOT NULL, subject_kind TEXT NOT NULL, subject_id BLOB,
    remind_on TEXT, officer_id BLOB, status TEXT NOT NULL, done_at TEXT, note TEXT NOT NULL, id BLOB NOT NULL,
    version INTEGER NOT NULL, commune TEXT NOT NULL, CONSTRAINT pk_task PRIMARY KEY (id), CONSTRAINT
    fk_task_household_id FOREIGN KEY(household_id) REFERENCES household (id) DEFERRABLE INITIALLY DEFERRED,
    CONSTRAINT fk_task_person_id FOREIGN KEY(person_id) REFERENCES person (id) DEFERRABLE INITIALLY DEFERRED,
    CONSTRAINT fk_task_officer_id FOREIGN KEY(officer_id) REFERENCES user (id) DEFERRABLE INITIALLY DEFERRED )
    STRICT""",
    """CREATE TABLE learner ( person_id BLOB NOT NULL, household_id BLOB NOT NULL, status TEXT NOT NULL, status_on TEXT
    NOT NULL, trade TEXT NOT NULL, class_value TEXT NOT NULL, groups TEXT NOT NULL, km INTEGER, course_id BLOB,
    registered_on TEXT, decision_number TEXT NOT NULL, decision_on TEXT, trained_before INTEGER, ended_on TEXT,
    drop_reason TEXT NOT NULL, result TEXT NOT NULL, certificate_number TEXT NOT NULL, certificate_on TEXT,
    certificate_by TEXT NOT NULL, due_on TEXT, officer_id BLOB, content TEXT NOT NULL, note TEXT NOT NULL, id BLOB
    NOT NULL, version INTEGER NOT NULL, commune TEXT NOT NULL, CONSTRAINT pk_learner PRIMARY KEY (id), CONSTRAINT
    fk_learner_person_id FOREIGN KEY(person_id) REFERENCES person (id) DEFERRABLE INITIALLY DEFERRED, CONSTRAINT
    fk_learner_household_id FOREIGN KEY(household_id) REFERENCES household (id) DEFERRABLE INITIALLY DEFERRED,
    CONSTRAINT fk_learner_course_id FOREIGN KEY(course_id) REFERENCES course (id) DEFERRABLE INITIALLY DEFERRED,
    CONSTRAINT fk_learner_officer_id FOREIGN KEY(officer_id) REFERENCES user (id) DEFERRABLE INITIALLY DEFERRED )
    STRICT""",
    """CREATE TABLE career_advice ( person_id BLOB NOT NULL, household_id BLOB NOT NULL, on_date TEXT NOT NULL, school
    TEXT NOT NULL, grade TEXT NOT NULL, track TEXT NOT NULL, adviser TEXT NOT NULL, note TEXT NOT NULL, id BLOB NOT
    NULL, version INTEGER NOT NULL, commune TEXT NOT NULL, CONSTRAINT pk_career_advice PRIMARY KEY (id), CONSTRAINT
    fk_career_advice_person_id FOREIGN KEY(person_id) REFERENCES person (id) DEFERRABLE INITIALLY DEFERRED,
    CONSTRAINT fk_career_advice_household_id FOREIGN KEY(household_id) REFERENCES household (id) DEFERRABLE
    INITIALLY DEFERRED ) STRICT""",
    """CREATE TABLE abroad_case ( person_id BLOB NOT NULL, household_id BLOB NOT NULL, status TEXT NOT NULL, status_on
    TEXT NOT NULL, incident TEXT NOT NULL, incident_on TEXT, form TEXT NOT NULL, market TEXT NOT NULL, country TEXT
    NOT NULL, programme_name TEXT NOT NULL, generation TEXT NOT NULL, groups TEXT NOT NULL, class_value TEXT NOT
    NULL, firm TEXT NOT NULL, licence TEXT NOT NULL, supply_registration TEXT NOT NULL, registered_on TEXT,
    selected_on TEXT, waiting_promise INTEGER, signed_on TEXT, contract_from TEXT, contract_to TEXT, contract_months
    INTEGER NOT NULL, wage INTEGER NOT NULL, accepted_on TEXT, departed_on TEXT, returned_on TEXT, return_reason
    TEXT NOT NULL, notice_on TEXT, liquidated_on TEXT, loan_id BLOB, private_debt INTEGER NOT NULL, due_on TEXT,
    officer_id BLOB, consent_on TEXT, content TEXT NOT NULL, note TEXT NOT NULL, id BLOB NOT NULL, version INTEGER
    NOT NULL, commune TEXT NOT NULL, CONSTRAINT pk_abroad_case PRIMARY KEY (id), CONSTRAINT fk_abroad_case_person_id
    FOREIGN KEY(person_id) REFERENCES person (id) DEFERRABLE INITIALLY DEFERRED, CONSTRAINT
    fk_abroad_case_household_id FOREIGN KEY(household_id) REFERENCES household (id) DEFERRABLE INITIALLY DEFERRED,
    CONSTRAINT fk_abroad_case_loan_id FOREIGN KEY(loan_id) REFERENCES loan (id) DEFERRABLE INITIALLY DEFERRED,
    CONSTRAINT fk_abroad_case_officer_id FOREIGN KEY(officer_id) REFERENCES user (id) DEFERRABLE INITIALLY DEFERRED
    ) STRICT""",
    """CREATE TABLE case_goal ( plan_id BLOB NOT NULL, position INTEGER NOT NULL, text TEXT NOT NULL, dimension TEXT
    NOT NULL, due_on TEXT, status TEXT NOT NULL, id BLOB NOT NULL, version INTEGER NOT NULL, commune TEXT NOT NULL,
    CONSTRAINT pk_case_goal PRIMARY KEY (id), CONSTRAINT fk_case_goal_plan_id FOREIGN KEY(plan_id) REFERENCES
    case_plan (id) DEFERRABLE INITIALLY DEFERRED ) STRICT""",
    """CREATE TABLE certificate_block ( certificate_id BLOB NOT NULL, year INTEGER NOT NULL, class_value TEXT NOT NULL,
    issued_on TEXT NOT NULL, content TEXT NOT NULL, pdf BLOB NOT NULL, sha256 TEXT NOT NULL, id BLOB NOT NULL,
    version INTEGER NOT NULL, commune TEXT NOT NULL, CONSTRAINT pk_certificate_block PRIMARY KEY (id), CONSTRAINT
    uq_certificate_block_certificate_id_year UNIQUE (certificate_id, year), CONSTRAINT
    fk_certificate_block_certificate_id FOREIGN KEY(certificate_id) REFERENCES certificate (id) DEFERRABLE INITIALLY
    DEFERRED ) STRICT""",
    """CREATE TABLE print_event ( certificate_id BLOB NOT NULL, block_year INTEGER, at TEXT NOT NULL, user_id BLOB NOT
    NULL, copies INTEGER NOT NULL, reason TEXT NOT NULL, id BLOB NOT NULL, version INTEGER NOT NULL, commune TEXT
    NOT NULL, CONSTRAINT pk_print_event PRIMARY KEY (id), CONSTRAINT fk_print_event_certificate_id FOREIGN
    KEY(certificate_id) REFERENCES certificate (id) DEFERRABLE INITIALLY DEFERRED ) STRICT""",
    """CREATE TABLE livelihood ( household_id BLOB NOT NULL, person_id BLOB, project_id BLOB, programme TEXT NOT NULL,
    generation TEXT NOT NULL, area TEXT NOT NULL, status TEXT NOT NULL, status_on TEXT NOT NULL, at_risk INTEGER NOT
    NULL, trade TEXT NOT NULL, product TEXT NOT NULL, class_value TEXT NOT NULL, asked_on TEXT, decision_number TEXT
    NOT NULL, decision_on TEXT, committed_on TEXT, total_cost INTEGER NOT NULL, state_amount INTEGER NOT NULL,
    own_amount INTEGER NOT NULL, escape_year INTEGER, due_on TEXT, officer_id BLOB, content TEXT NOT NULL, id BLOB
    NOT NULL, version INTEGER NOT NULL, commune TEXT NOT NULL, CONSTRAINT pk_livelihood PRIMARY KEY (id), CONSTRAINT
    fk_livelihood_household_id FOREIGN KEY(household_id) REFERENCES household (id) DEFERRABLE INITIALLY DEFERRED,
    CONSTRAINT fk_livelihood_person_id FOREIGN KEY(person_id) REFERENCES person (id) DEFERRABLE INITIALLY DEFERRED,
    CONSTRAINT fk_livelihood_project_id FOREIGN KEY(project_id) REFERENCES community_project (id) DEFERRABLE
    INITIALLY DEFERRED, CONSTRAINT fk_livelihood_officer_id FOREIGN KEY(officer_id) REFERENCES user (id) DEFERRABLE
    INITIALLY DEFERRED ) STRICT""",
    """CREATE TABLE posting ( campaign_id BLOB NOT NULL, hamlet_id BLOB, posted_on TEXT NOT NULL, until_on TEXT NOT
    NULL, places TEXT NOT NULL, again INTEGER NOT NULL, paper_id BLOB, taken_down_on TEXT, id BLOB NOT NULL, version
    INTEGER NOT NULL, commune TEXT NOT NULL, CONSTRAINT pk_posting PRIMARY KEY (id), CONSTRAINT
    fk_posting_campaign_id FOREIGN KEY(campaign_id) REFERENCES campaign (id) DEFERRABLE INITIALLY DEFERRED,
    CONSTRAINT fk_posting_hamlet_id FOREIGN KEY(hamlet_id) REFERENCES hamlet (id) DEFERRABLE INITIALLY DEFERRED,
    CONSTRAINT fk_posting_paper_id FOREIGN KEY(paper_id) REFERENCES office_paper (id) DEFERRABLE INITIALLY DEFERRED
    ) STRICT""",
    """CREATE TABLE delivery ( programme TEXT NOT NULL, rule TEXT NOT NULL, distribution_id BLOB, enrolment_id BLOB,
    household_id BLOB NOT NULL, person_id BLOB, hamlet_id BLOB, class_value TEXT NOT NULL, on_date TEXT NOT NULL,
    period TEXT NOT NULL, amount INTEGER NOT NULL, goods TEXT NOT NULL, goods_value INTEGER NOT NULL, source TEXT
    NOT NULL, budget_id BLOB, sponsorship_id BLOB, decision_number TEXT NOT NULL, decision_on TEXT, stage TEXT NOT
    NULL, status TEXT NOT NULL, corrects_id BLOB, override_reason TEXT NOT NULL, received_on TEXT, received_by TEXT
    NOT NULL, received_relation TEXT NOT NULL, authorisation TEXT NOT NULL, proof TEXT, note TEXT NOT NULL, id BLOB
    NOT NULL, version INTEGER NOT NULL, commune TEXT NOT NULL, CONSTRAINT pk_delivery PRIMARY KEY (id), CONSTRAINT
    fk_delivery_distribution_id FOREIGN KEY(distribution_id) REFERENCES distribution (id) DEFERRABLE INITIALLY
    DEFERRED, CONSTRAINT fk_delivery_enrolment_id FOREIGN KEY(enrolment_id) REFERENCES enrolment (id) DEFERRABLE
    INITIALLY DEFERRED, CONSTRAINT fk_delivery_household_id FOREIGN KEY(household_id) REFERENCES household (id)
    DEFERRABLE INITIALLY DEFERRED, CONSTRAINT fk_delivery_person_id FOREIGN KEY(person_id) REFERENCES person (id)
    DEFERRABLE INITIALLY DEFERRED, CONSTRAINT fk_delivery_hamlet_id FOREIGN KEY(hamlet_id) REFERENCES hamlet (id)
    DEFERRABLE INITIALLY DEFERRED, CONSTRAINT fk_delivery_budget_id FOREIGN KEY(budget_id) REFERENCES budget (id)
    DEFERRABLE INITIALLY DEFERRED, CONSTRAINT fk_delivery_sponsorship_id FOREIGN KEY(sponsorship_id) REFERENCES
    sponsorship (id) DEFERRABLE INITIALLY DEFERRED, CONSTRAINT fk_delivery_corrects_id FOREIGN KEY(corrects_id)
    REFERENCES delivery (id) DEFERRABLE INITIALLY DEFERRED ) STRICT""",
    """CREATE TABLE loan_instalment ( loan_id BLOB NOT NULL, due_on TEXT NOT NULL, amount INTEGER NOT NULL, id BLOB NOT
    NULL, version INTEGER NOT NULL, commune TEXT NOT NULL, CONSTRAINT pk_loan_instalment PRIMARY KEY (id),
    CONSTRAINT uq_loan_instalment_commune_loan_id_due_on UNIQUE (commune, loan_id, due_on), CONSTRAINT
    fk_loan_instalment_loan_id FOREIGN KEY(loan_id) REFERENCES loan (id) DEFERRABLE INITIALLY DEFERRED ) STRICT""",
    """CREATE TABLE loan_event ( loan_id BLOB NOT NULL, kind TEXT NOT NULL, on_date TEXT NOT NULL, amount INTEGER NOT
    NULL, due_on TEXT, document TEXT NOT NULL, note TEXT NOT NULL, id BLOB NOT NULL, version INTEGER NOT NULL,
    commune TEXT NOT NULL, CONSTRAINT pk_loan_event PRIMARY KEY (id), CONSTRAINT fk_loan_event_loan_id FOREIGN
    KEY(loan_id) REFERENCES loan (id) DEFERRABLE INITIALLY DEFERRED ) STRICT""",
    """CREATE TABLE training_mark ( learner_id BLOB NOT NULL, on_date TEXT NOT NULL, mark TEXT NOT NULL, id BLOB NOT
    NULL, version INTEGER NOT NULL, commune TEXT NOT NULL, CONSTRAINT pk_training_mark PRIMARY KEY (id), CONSTRAINT
    uq_training_mark_commune_learner_id_on_date UNIQUE (commune, learner_id, on_date), CONSTRAINT
    fk_training_mark_learner_id FOREIGN KEY(learner_id) REFERENCES learner (id) DEFERRABLE INITIALLY DEFERRED )
    STRICT""",
    """CREATE TABLE job_follow_up ( learner_id BLOB NOT NULL, month INTEGER NOT NULL, on_date TEXT NOT NULL, in_work
    INTEGER NOT NULL, employer TEXT NOT NULL, same_trade INTEGER, started_on TEXT, wage INTEGER NOT NULL, contract
    TEXT NOT NULL, reason TEXT NOT NULL, note TEXT NOT NULL, id BLOB NOT NULL, version INTEGER NOT NULL, commune
    TEXT NOT NULL, CONSTRAINT pk_job_follow_up PRIMARY KEY (id), CONSTRAINT fk_job_follow_up_learner_id FOREIGN
    KEY(learner_id) REFERENCES learner (id) DEFERRABLE INITIALLY DEFERRED ) STRICT""",
    """CREATE TABLE abroad_document ( case_id BLOB NOT NULL, kind TEXT NOT NULL, number TEXT NOT NULL, issued_on TEXT,
    issued_by TEXT NOT NULL, expires_on TEXT, context TEXT NOT NULL, note TEXT NOT NULL, id BLOB NOT NULL, version
    INTEGER NOT NULL, commune TEXT NOT NULL, CONSTRAINT pk_abroad_document PRIMARY KEY (id), CONSTRAINT
    fk_abroad_document_case_id FOREIGN KEY(case_id) REFERENCES abroad_case (id) DEFERRABLE INITIALLY DEFERRED )
    STRICT""",
    """CREATE TABLE abroad_payment ( case_id BLOB NOT NULL, kind TEXT NOT NULL, on_date TEXT NOT NULL, amount INTEGER
    NOT NULL, payee TEXT NOT NULL, payee_kind TEXT NOT NULL, blocked_account INTEGER NOT NULL, receipt TEXT NOT
    NULL, returned_on TEXT, returned_amount INTEGER NOT NULL, note TEXT NOT NULL, id BLOB NOT NULL, version INTEGER
    NOT NULL, commune TEXT NOT NULL, CONSTRAINT pk_abroad_payment PRIMARY KEY (id), CONSTRAINT
    fk_abroad_payment_case_id FOREIGN KEY(case_id) REFERENCES abroad_case (id) DEFERRABLE INITIALLY DEFERRED )
    STRICT""",
    """CREATE TABLE abroad_support ( case_id BLOB NOT NULL, item TEXT NOT NULL, generation TEXT NOT NULL, units INTEGER
    NOT NULL, cost INTEGER NOT NULL, receipt TEXT NOT NULL, amount INTEGER NOT NULL, asked_on TEXT, paid_on TEXT,
    override_reason TEXT NOT NULL, note TEXT NOT NULL, id BLOB NOT NULL, version INTEGER NOT NULL, commune TEXT NOT
    NULL, CONSTRAINT pk_abroad_support PRIMARY KEY (id), CONSTRAINT fk_abroad_support_case_id FOREIGN KEY(case_id)
    REFERENCES abroad_case (id) DEFERRABLE INITIALLY DEFERRED ) STRICT""",
    """CREATE TABLE abroad_contact ( case_id BLOB NOT NULL, on_date TEXT NOT NULL, channel TEXT NOT NULL, with_whom
    TEXT NOT NULL, reached INTEGER NOT NULL, situation TEXT NOT NULL, next_on TEXT, id BLOB NOT NULL, version
    INTEGER NOT NULL, commune TEXT NOT NULL, CONSTRAINT pk_abroad_contact PRIMARY KEY (id), CONSTRAINT
    fk_abroad_contact_case_id FOREIGN KEY(case_id) REFERENCES abroad_case (id) DEFERRABLE INITIALLY DEFERRED )
    STRICT""",
    """CREATE TABLE abroad_claim ( case_id BLOB NOT NULL, kind TEXT NOT NULL, asked_on TEXT NOT NULL, amount INTEGER
    NOT NULL, decision TEXT NOT NULL, decided_on TEXT, paid INTEGER NOT NULL, paid_on TEXT, note TEXT NOT NULL, id
    BLOB NOT NULL, version INTEGER NOT NULL, commune TEXT NOT NULL, CONSTRAINT pk_abroad_claim PRIMARY KEY (id),
    CONSTRAINT fk_abroad_claim_case_id FOREIGN KEY(case_id) REFERENCES abroad_case (id) DEFERRABLE INITIALLY
    DEFERRED ) STRICT""",
    """CREATE TABLE direct_contract ( case_id BLOB NOT NULL, received_on TEXT NOT NULL, complete_on TEXT, due_on TEXT,
    present TEXT NOT NULL, outcome TEXT NOT NULL, decided_on TEXT, paper_number TEXT NOT NULL, reason TEXT NOT NULL,
    note TEXT NOT NULL, id BLOB NOT NULL, version INTEGER NOT NULL, commune TEXT NOT NULL, CONSTRAINT
    pk_direct_contract PRIMARY KEY (id), CONSTRAINT fk_direct_contract_case_id FOREIGN KEY(case_id) REFERENCES
    abroad_case (id) DEFERRABLE INITIALLY DEFERRED ) STRICT""",
    """CREATE TABLE startup ( person_id BLOB NOT NULL, household_id BLOB NOT NULL, case_id BLOB, idea TEXT NOT NULL,
    savings INTEGER NOT NULL, loan_id BLOB, training TEXT NOT NULL, start_on TEXT, status TEXT NOT NULL, result TEXT
    NOT NULL, note TEXT NOT NULL, id BLOB NOT NULL, version INTEGER NOT NULL, commune TEXT NOT NULL, CONSTRAINT
    pk_startup PRIMARY KEY (id), CONSTRAINT fk_startup_person_id FOREIGN KEY(person_id) REFERENCES person (id)
    DEFERRABLE INITIALLY DEFERRED, CONSTRAINT fk_startup_household_id FOREIGN KEY(household_id) REFERENCES household
    (id) DEFERRABLE INITIALLY DEFERRED, CONSTRAINT fk_startup_case_id FOREIGN KEY(case_id) REFERENCES abroad_case
    (id) DEFERRABLE INITIALLY DEFERRED, CONSTRAINT fk_startup_loan_id FOREIGN KEY(loan_id) REFERENCES loan (id)
    DEFERRABLE INITIALLY DEFERRED ) STRICT""",
    """CREATE TABLE case_action ( goal_id BLOB NOT NULL, household_id BLOB NOT NULL, position INTEGER NOT NULL, text
    TEXT NOT NULL, owner TEXT NOT NULL, officer_id BLOB, due_on TEXT, done_on TEXT, result TEXT NOT NULL, id BLOB
    NOT NULL, version INTEGER NOT NULL, commune TEXT NOT NULL, CONSTRAINT pk_case_action PRIMARY KEY (id),
    CONSTRAINT fk_case_action_goal_id FOREIGN KEY(goal_id) REFERENCES case_goal (id) DEFERRABLE INITIALLY DEFERRED,
    CONSTRAINT fk_case_action_household_id FOREIGN KEY(household_id) REFERENCES household (id) DEFERRABLE INITIALLY
    DEFERRED, CONSTRAINT fk_case_action_officer_id FOREIGN KEY(officer_id) REFERENCES user (id) DEFERRABLE INITIALLY
    DEFERRED ) STRICT""",
    """CREATE TABLE asset ( livelihood_id BLOB NOT NULL, household_id BLOB NOT NULL, tag TEXT NOT NULL, kind TEXT NOT
    NULL, age_months INTEGER, weight_kg INTEGER, vaccinated TEXT NOT NULL, supplier TEXT NOT NULL, unit_price
    INTEGER NOT NULL, handed_on TEXT, chosen_by TEXT NOT NULL, status TEXT NOT NULL, status_on TEXT NOT NULL,
    mother_id BLOB, delivery_id BLOB, note TEXT NOT NULL, id BLOB NOT NULL, version INTEGER NOT NULL, commune TEXT
    NOT NULL, CONSTRAINT pk_asset PRIMARY KEY (id), CONSTRAINT fk_asset_livelihood_id FOREIGN KEY(livelihood_id)
    REFERENCES livelihood (id) DEFERRABLE INITIALLY DEFERRED, CONSTRAINT fk_asset_household_id FOREIGN
    KEY(household_id) REFERENCES household (id) DEFERRABLE INITIALLY DEFERRED, CONSTRAINT fk_asset_mother_id FOREIGN
    KEY(mother_id) REFERENCES asset (id) DEFERRABLE INITIALLY DEFERRED, CONSTRAINT fk_asset_delivery_id FOREIGN
    KEY(delivery_id) REFERENCES delivery (id) DEFERRABLE INITIALLY DEFERRED ) STRICT""",
    """CREATE TABLE livelihood_visit ( livelihood_id BLOB NOT NULL, on_date TEXT NOT NULL, visitor TEXT NOT NULL,
    quantity INTEGER, condition TEXT NOT NULL, proper_use TEXT NOT NULL, income INTEGER NOT NULL, expense INTEGER
    NOT NULL, difficulty TEXT NOT NULL, advice TEXT NOT NULL, action TEXT NOT NULL, action_due_on TEXT, next_on
    TEXT, id BLOB NOT NULL, version INTEGER NOT NULL, commune TEXT NOT NULL, CONSTRAINT pk_livelihood_visit PRIMARY
    KEY (id), CONSTRAINT fk_livelihood_visit_livelihood_id FOREIGN KEY(livelihood_id) REFERENCES livelihood (id)
    DEFERRABLE INITIALLY DEFERRED ) STRICT""",
    """CREATE TABLE acceptance ( livelihood_id BLOB, project_id BLOB, on_date TEXT NOT NULL, planned TEXT NOT NULL,
    actual TEXT NOT NULL, value INTEGER NOT NULL, own_paid INTEGER NOT NULL, passed INTEGER NOT NULL, signers TEXT
    NOT NULL, note TEXT NOT NULL, id BLOB NOT NULL, version INTEGER NOT NULL, commune TEXT NOT NULL, CONSTRAINT
    pk_acceptance PRIMARY KEY (id), CONSTRAINT fk_acceptance_livelihood_id FOREIGN KEY(livelihood_id) REFERENCES
    livelihood (id) DEFERRABLE INITIALLY DEFERRED, CONSTRAINT fk_acceptance_project_id FOREIGN KEY(project_id)
    REFERENCES community_project (id) DEFERRABLE INITIALLY DEFERRED ) STRICT""",
    """CREATE TABLE revolving_duty ( livelihood_id BLOB NOT NULL, project_id BLOB, household_id BLOB NOT NULL, round
    INTEGER NOT NULL, period TEXT NOT NULL, due_on TEXT NOT NULL, amount INTEGER NOT NULL, animals INTEGER NOT NULL,
    id BLOB NOT NULL, version INTEGER NOT NULL, commune TEXT NOT NULL, CONSTRAINT pk_revolving_duty PRIMARY KEY
    (id), CONSTRAINT fk_revolving_duty_livelihood_id FOREIGN KEY(livelihood_id) REFERENCES livelihood (id)
    DEFERRABLE INITIALLY DEFERRED, CONSTRAINT fk_revolving_duty_project_id FOREIGN KEY(project_id) REFERENCES
    community_project (id) DEFERRABLE INITIALLY DEFERRED, CONSTRAINT fk_revolving_duty_household_id FOREIGN
    KEY(household_id) REFERENCES household (id) DEFERRABLE INITIALLY DEFERRED ) STRICT""",
    """CREATE TABLE review_case ( campaign_id BLOB NOT NULL, household_id BLOB NOT NULL, source TEXT NOT NULL,
    request_id BLOB, state TEXT NOT NULL, state_on TEXT NOT NULL, opening_class TEXT NOT NULL, opening_year INTEGER,
    opening_people INTEGER NOT NULL, survey_id BLOB, result_class TEXT, local_class TEXT, movement TEXT, came_in
    INTEGER NOT NULL, meeting_id BLOB, posting_id BLOB, opinion_id BLOB, decision_id BLOB, decided_on TEXT,
    removed_reason TEXT NOT NULL, hamlet_id BLOB, area TEXT, people INTEGER NOT NULL, head_name TEXT NOT NULL,
    head_sort BLOB NOT NULL, head_ethnic TEXT, head_female INTEGER NOT NULL, minority INTEGER NOT NULL,
    local_minority INTEGER NOT NULL, no_labour INTEGER NOT NULL, merit INTEGER NOT NULL, social INTEGER NOT NULL, b1
    INTEGER, b2 INTEGER, income INTEGER, deprivations TEXT NOT NULL, causes TEXT NOT NULL, children INTEGER NOT
    NULL, children_nutrition INTEGER NOT NULL, children_insurance INTEGER NOT NULL, children_school INTEGER NOT
    NULL, members TEXT, id BLOB NOT NULL, version INTEGER NOT NULL, commune TEXT NOT NULL, CONSTRAINT pk_review_case
    PRIMARY KEY (id), CONSTRAINT uq_review_case_campaign_id_household_id UNIQUE (campaign_id, household_id),
    CONSTRAINT fk_review_case_campaign_id FOREIGN KEY(campaign_id) REFERENCES campaign (id) DEFERRABLE INITIALLY
    DEFERRED, CONSTRAINT fk_review_case_household_id FOREIGN KEY(household_id) REFERENCES household (id) DEFERRABLE
    INITIALLY DEFERRED, CONSTRAINT fk_review_case_request_id FOREIGN KEY(request_id) REFERENCES review_request (id)
    DEFERRABLE INITIALLY DEFERRED, CONSTRAINT fk_review_case_meeting_id FOREIGN KEY(meeting_id) REFERENCES meeting
    (id) DEFERRABLE INITIALLY DEFERRED, CONSTRAINT fk_review_case_posting_id FOREIGN KEY(posting_id) REFERENCES
    posting (id) DEFERRABLE INITIALLY DEFERRED, CONSTRAINT fk_review_case_opinion_id FOREIGN KEY(opinion_id)
    REFERENCES opinion (id) DEFERRABLE INITIALLY DEFERRED, CONSTRAINT fk_review_case_decision_id FOREIGN
    KEY(decision_id) REFERENCES decision (id) DEFERRABLE INITIALLY DEFERRED, CONSTRAINT fk_review_case_hamlet_id
    FOREIGN KEY(hamlet_id) REFERENCES hamlet (id) DEFERRABLE INITIALLY DEFERRED ) STRICT""",
    """CREATE TABLE loss ( livelihood_id BLOB NOT NULL, asset_id BLOB, on_date TEXT NOT NULL, reported_on TEXT NOT
    NULL, kind TEXT NOT NULL, objective INTEGER, quantity INTEGER NOT NULL, value INTEGER NOT NULL, confirmed_by
    TEXT NOT NULL, proposal TEXT NOT NULL, decision TEXT NOT NULL, settled_on TEXT, id BLOB NOT NULL, version
    INTEGER NOT NULL, commune TEXT NOT NULL, CONSTRAINT pk_loss PRIMARY KEY (id), CONSTRAINT fk_loss_livelihood_id
    FOREIGN KEY(livelihood_id) REFERENCES livelihood (id) DEFERRABLE INITIALLY DEFERRED, CONSTRAINT fk_loss_asset_id
    FOREIGN KEY(asset_id) REFERENCES asset (id) DEFERRABLE INITIALLY DEFERRED ) STRICT""",
    """CREATE TABLE revolving_entry ( duty_id BLOB NOT NULL, kind TEXT NOT NULL, on_date TEXT NOT NULL, amount INTEGER
    NOT NULL, animals INTEGER NOT NULL, document TEXT NOT NULL, next_household_id BLOB, next_livelihood_id BLOB,
    asset_id BLOB, note TEXT NOT NULL, id BLOB NOT NULL, version INTEGER NOT NULL, commune TEXT NOT NULL, CONSTRAINT
    pk_revolving_entry PRIMARY KEY (id), CONSTRAINT fk_revolving_entry_duty_id FOREIGN KEY(duty_id) REFERENCES
    revolving_duty (id) DEFERRABLE INITIALLY DEFERRED, CONSTRAINT fk_revolving_entry_next_household_id FOREIGN
    KEY(next_household_id) REFERENCES household (id) DEFERRABLE INITIALLY DEFERRED, CONSTRAINT
    fk_revolving_entry_next_livelihood_id FOREIGN KEY(next_livelihood_id) REFERENCES livelihood (id) DEFERRABLE
    INITIALLY DEFERRED, CONSTRAINT fk_revolving_entry_asset_id FOREIGN KEY(asset_id) REFERENCES asset (id)
    DEFERRABLE INITIALLY DEFERRED ) STRICT""",
    """CREATE TABLE survey ( case_id BLOB NOT NULL, round INTEGER NOT NULL, surveyed_on TEXT NOT NULL, surveyor TEXT
    NOT NULL, income INTEGER, b1 INTEGER, b1_answers TEXT NOT NULL, proposals TEXT NOT NULL, answers TEXT NOT NULL,
    override_reasons TEXT NOT NULL, quick_signs TEXT NOT NULL, causes TEXT NOT NULL, pack TEXT NOT NULL, note TEXT
    NOT NULL, id BLOB NOT NULL, version INTEGER NOT NULL, commune TEXT NOT NULL, CONSTRAINT pk_survey PRIMARY KEY
    (id), CONSTRAINT uq_survey_case_id_round UNIQUE (case_id, round), CONSTRAINT fk_survey_case_id FOREIGN
    KEY(case_id) REFERENCES review_case (id) DEFERRABLE INITIALLY DEFERRED ) STRICT""",
    """CREATE TABLE judgement ( case_id BLOB NOT NULL, scope TEXT NOT NULL, pack TEXT NOT NULL, pack_sha256 TEXT NOT
    NULL, inputs TEXT NOT NULL, result TEXT NOT NULL, id BLOB NOT NULL, version INTEGER NOT NULL, commune TEXT NOT
    NULL, CONSTRAINT pk_judgement PRIMARY KEY (id), CONSTRAINT uq_judgement_case_id_scope UNIQUE (case_id, scope),
    CONSTRAINT fk_judgement_case_id FOREIGN KEY(case_id) REFERENCES review_case (id) DEFERRABLE INITIALLY DEFERRED )
    STRICT""",
    """CREATE TABLE case_step ( case_id BLOB NOT NULL, state TEXT NOT NULL, previous TEXT NOT NULL, on_date TEXT NOT
    NULL, document TEXT NOT NULL, note TEXT NOT NULL, at TEXT NOT NULL, user_id BLOB NOT NULL, id BLOB NOT NULL,
    version INTEGER NOT NULL, commune TEXT NOT NULL, CONSTRAINT pk_case_step PRIMARY KEY (id), CONSTRAINT
    fk_case_step_case_id FOREIGN KEY(case_id) REFERENCES review_case (id) DEFERRABLE INITIALLY DEFERRED ) STRICT""",
    """CREATE TABLE meeting_vote ( meeting_id BLOB NOT NULL, case_id BLOB NOT NULL, agreed INTEGER NOT NULL, present
    INTEGER NOT NULL, proposed_class TEXT NOT NULL, note TEXT NOT NULL, id BLOB NOT NULL, version INTEGER NOT NULL,
    commune TEXT NOT NULL, CONSTRAINT pk_meeting_vote PRIMARY KEY (id), CONSTRAINT
    uq_meeting_vote_meeting_id_case_id UNIQUE (meeting_id, case_id), CONSTRAINT fk_meeting_vote_meeting_id FOREIGN
    KEY(meeting_id) REFERENCES meeting (id) DEFERRABLE INITIALLY DEFERRED, CONSTRAINT fk_meeting_vote_case_id
    FOREIGN KEY(case_id) REFERENCES review_case (id) DEFERRABLE INITIALLY DEFERRED ) STRICT""",
    """CREATE TABLE objection ( case_id BLOB NOT NULL, posting_id BLOB NOT NULL, received_on TEXT NOT NULL, by_name
    TEXT NOT NULL, content TEXT NOT NULL, due_on TEXT NOT NULL, outcome TEXT NOT NULL, settled_on TEXT, finding TEXT
    NOT NULL, id BLOB NOT NULL, version INTEGER NOT NULL, commune TEXT NOT NULL, CONSTRAINT pk_objection PRIMARY KEY
    (id), CONSTRAINT fk_objection_case_id FOREIGN KEY(case_id) REFERENCES review_case (id) DEFERRABLE INITIALLY
    DEFERRED, CONSTRAINT fk_objection_posting_id FOREIGN KEY(posting_id) REFERENCES posting (id) DEFERRABLE
    INITIALLY DEFERRED ) STRICT""",
    """CREATE INDEX ix_abroad_case_departed_on_returned_on ON abroad_case (departed_on, returned_on)""",
    """CREATE INDEX ix_abroad_case_due_on ON abroad_case (due_on)""",
    """CREATE INDEX ix_abroad_case_household_id ON abroad_case (household_id)""",
    """CREATE INDEX ix_abroad_case_person_id ON abroad_case (person_id)""",
    """CREATE INDEX ix_abroad_case_status_due_on ON abroad_case (status, due_on)""",
    """CREATE INDEX ix_abroad_claim_case_id ON abroad_claim (case_id)""",
    """CREATE INDEX ix_abroad_contact_case_id_on_date ON abroad_contact (case_id, on_date)""",
    """CREATE INDEX ix_abroad_document_case_id ON abroad_document (case_id)""",
    """CREATE INDEX ix_abroad_document_expires_on ON abroad_document (expires_on)""",
    """CREATE INDEX ix_abroad_payment_case_id ON abroad_payment (case_id)""",
    """CREATE INDEX ix_abroad_support_case_id ON abroad_support (case_id)""",
    """CREATE INDEX ix_acceptance_livelihood_id ON acceptance (livelihood_id)""",
    """CREATE INDEX ix_acceptance_project_id ON acceptance (project_id)""",
    """CREATE INDEX ix_activity_kind_on_date ON activity (kind, on_date)""",
    """CREATE INDEX ix_asset_household_id ON asset (household_id)""",
    """CREATE INDEX ix_asset_livelihood_id ON asset (livelihood_id)""",
    """CREATE INDEX ix_asset_tag ON asset (tag)""",
    """CREATE INDEX ix_attendance_activity_id ON attendance (activity_id)""",
    """CREATE INDEX ix_attendance_household_id ON attendance (household_id)""",
    """CREATE INDEX ix_career_advice_household_id ON career_advice (household_id)""",
    """CREATE INDEX ix_career_advice_person_id ON career_advice (person_id)""",
    """CREATE INDEX ix_case_action_done_on_due_on ON case_action (done_on, due_on)""",
    """CREATE INDEX ix_case_action_goal_id_position ON case_action (goal_id, position)""",
    """CREATE INDEX ix_case_action_household_id ON case_action (household_id)""",
    """CREATE INDEX ix_case_file_household_id ON case_file (household_id)""",
    """CREATE INDEX ix_case_file_officer_id_closed_on ON case_file (officer_id, closed_on)""",
    """CREATE INDEX ix_case_goal_plan_id_position ON case_goal (plan_id, position)""",
    """CREATE INDEX ix_case_note_household_id_on_date ON case_note (household_id, on_date)""",
    """CREATE INDEX ix_case_step_case_id ON case_step (case_id)""",
    """CREATE INDEX ix_certificate_household_id ON certificate (household_id)""",
    """CREATE INDEX ix_certificate_issued_on_number ON certificate (issued_on, number)""",
    """CREATE INDEX ix_change_record_id_seq ON change (record_id, seq)""",
    """CREATE INDEX ix_change_txn ON change (txn)""",
    """CREATE INDEX ix_circumstance_household_id ON circumstance (household_id)""",
    """CREATE INDEX ix_circumstance_person_id ON circumstance (person_id)""",
    """CREATE INDEX ix_community_project_programme_status ON community_project (programme, status)""",
    """CREATE INDEX ix_delivery_corrects_id ON delivery (corrects_id)""",
    """CREATE INDEX ix_delivery_distribution_id ON delivery (distribution_id)""",
    """CREATE INDEX ix_delivery_household_id_on_date ON delivery (household_id, on_date)""",
    """CREATE INDEX ix_delivery_person_id ON delivery (person_id)""",
    """CREATE INDEX ix_delivery_programme_on_date ON delivery (programme, on_date)""",
    """CREATE INDEX ix_direct_contract_case_id ON direct_contract (case_id)""",
    """CREATE INDEX ix_direct_contract_decided_on_due_on ON direct_contract (decided_on, due_on)""",
    """CREATE INDEX ix_enrolment_household_id ON enrolment (household_id)""",
    """CREATE INDEX ix_enrolment_person_id ON enrolment (person_id)""",
    """CREATE INDEX ix_enrolment_programme_status ON enrolment (programme, status)""",
    """CREATE INDEX ix_exit_mark_household_id_on_date ON exit_mark (household_id, on_date)""",
    """CREATE INDEX ix_group_member_group_id ON group_member (group_id)""",
    """CREATE INDEX ix_group_member_household_id ON group_member (household_id)""",
    """CREATE INDEX ix_household_class_household_id_year_value_since_decision_id_standard_deprivations ON
    household_class (household_id, year, value, since, decision_id, standard, deprivations)""",
    """CREATE INDEX ix_household_class_year_value ON household_class (year, value)""",
    """CREATE INDEX ix_household_hamlet_id ON household (hamlet_id)""",
    """CREATE INDEX ix_household_index_active_class_value_head_sort_household_id ON household_index (active,
    class_value, head_sort, household_id)""",
    """CREATE INDEX ix_household_index_active_hamlet_id_head_sort_household_id ON household_index (active, hamlet_id,
    head_sort, household_id)""",
    """CREATE INDEX ix_household_index_active_head_sort_household_id ON household_index (active, head_sort,
    household_id)""",
    """CREATE INDEX ix_household_index_active_number_household_id ON household_index (active, number, household_id)""",
    """CREATE INDEX ix_household_index_head_id_household_id ON household_index (head_id, household_id)""",
    """CREATE INDEX ix_insurance_card_days ON insurance_card (person_id, valid_from, valid_to)""",
    """CREATE INDEX ix_job_follow_up_learner_id_on_date ON job_follow_up (learner_id, on_date)""",
    """CREATE INDEX ix_journal_subject_id ON journal (subject_id)""",
    """CREATE INDEX ix_learner_course_id ON learner (course_id)""",
    """CREATE INDEX ix_learner_due_on ON learner (due_on)""",
    """CREATE INDEX ix_learner_household_id ON learner (household_id)""",
    """CREATE INDEX ix_learner_person_id ON learner (person_id)""",
    """CREATE INDEX ix_learner_status_due_on ON learner (status, due_on)""",
    """CREATE INDEX ix_livelihood_due_on ON livelihood (due_on)""",
    """CREATE INDEX ix_livelihood_household_id ON livelihood (household_id)""",
    """CREATE INDEX ix_livelihood_project_id ON livelihood (project_id)""",
    """CREATE INDEX ix_livelihood_status_due_on ON livelihood (status, due_on)""",
    """CREATE INDEX ix_livelihood_visit_livelihood_id_on_date ON livelihood_visit (livelihood_id, on_date)""",
    """CREATE INDEX ix_loan_event_loan_id_on_date ON loan_event (loan_id, on_date)""",
    """CREATE INDEX ix_loan_household_id ON loan (household_id)""",
    """CREATE INDEX ix_loan_programme_status ON loan (programme, status)""",
    """CREATE INDEX ix_loss_livelihood_id ON loss (livelihood_id)""",
    """CREATE INDEX ix_meeting_campaign_id_hamlet_id ON meeting (campaign_id, hamlet_id)""",
    """CREATE INDEX ix_meeting_vote_case_id ON meeting_vote (case_id)""",
    """CREATE INDEX ix_membership_household_id_person_id_joined_on_left_on_left_reason ON membership (household_id,
    person_id, joined_on, left_on, left_reason)""",
    """CREATE INDEX ix_membership_person_id ON membership (person_id)""",
    """CREATE INDEX ix_objection_case_id ON objection (case_id)""",
    """CREATE INDEX ix_office_paper_campaign_id ON office_paper (campaign_id)""",
    """CREATE INDEX ix_office_paper_household_id ON office_paper (household_id)""",
    """CREATE INDEX ix_opinion_campaign_id ON opinion (campaign_id)""",
    """CREATE INDEX ix_person_id_sex_ethnic_birth_died_on_merit_work ON person (id, sex, ethnic, birth, died_on, merit,
    work)""",
    """CREATE INDEX ix_person_name_key ON person (name_key)""",
    """CREATE INDEX ix_person_name_sort ON person (name_sort)""",
    """CREATE INDEX ix_person_old_id_number ON person (old_id_number)""",
    """CREATE INDEX ix_posting_campaign_id ON posting (campaign_id)""",
    """CREATE INDEX ix_print_event_certificate_id ON print_event (certificate_id)""",
    """CREATE INDEX ix_referral_answered_on_due_on ON referral (answered_on, due_on)""",
    """CREATE INDEX ix_referral_household_id ON referral (household_id)""",
    """CREATE INDEX ix_review_case_campaign_id_hamlet_id_head_sort_id_state ON review_case (campaign_id, hamlet_id,
    head_sort, id, state)""",
    """CREATE INDEX ix_review_case_campaign_id_hamlet_id_state ON review_case (campaign_id, hamlet_id, state)""",
    """CREATE INDEX ix_review_case_household_id_decided_on ON review_case (household_id, decided_on)""",
    """CREATE INDEX ix_review_request_household_id ON review_request (household_id)""",
    """CREATE INDEX ix_revolving_duty_due_on ON revolving_duty (due_on)""",
    """CREATE INDEX ix_revolving_duty_household_id ON revolving_duty (household_id)""",
    """CREATE INDEX ix_revolving_duty_livelihood_id ON revolving_duty (livelihood_id)""",
    """CREATE INDEX ix_revolving_duty_project_id ON revolving_duty (project_id)""",
    """CREATE INDEX ix_revolving_entry_duty_id_on_date ON revolving_entry (duty_id, on_date)""",
    """CREATE INDEX ix_search_entry_household_id ON search_entry (household_id)""",
    """CREATE INDEX ix_search_entry_name_key ON search_entry (name_key)""",
    """CREATE INDEX ix_search_entry_record_id ON search_entry (record_id)""",
    """CREATE INDEX ix_sponsorship_household_id ON sponsorship (household_id)""",
    """CREATE INDEX ix_sponsorship_sponsor_id ON sponsorship (sponsor_id)""",
    """CREATE INDEX ix_startup_case_id ON startup (case_id)""",
    """CREATE INDEX ix_startup_household_id ON startup (household_id)""",
    """CREATE INDEX ix_state_step_household_id ON state_step (household_id)""",
    """CREATE INDEX ix_state_step_subject_id_on_date ON state_step (subject_id, on_date)""",
    """CREATE INDEX ix_task_cause_id ON task (cause_id)""",
    """CREATE INDEX ix_task_household_id ON task (household_id)""",
    """CREATE INDEX ix_task_status_due_on ON task (status, due_on)""",
    """CREATE INDEX ix_template_key_number ON template ("key", number)""",
    """CREATE UNIQUE INDEX ix_journal_txn ON journal (txn)""",
    """CREATE VIRTUAL TABLE search_text USING fts5(kind, loose, exact, content='', contentless_delete=1,
    tokenize='unicode61 remove_diacritics 0', prefix='1 2 3')""",
)


def upgrade() -> None:
    for statement in STATEMENTS:
        op.get_bind().exec_driver_sql(statement)
