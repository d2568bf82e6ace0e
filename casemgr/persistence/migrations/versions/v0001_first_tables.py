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
    """CREATE TABLE search_entry ( id INTEGER NOT NULL, commune TEXT NOT NULL, kind TEXT NOT NULL, record_id BLOB NOT
    NULL, household_id BLOB NOT NULL, title TEXT NOT NULL, name_key TEXT NOT NULL, CONSTRAINT pk_search_entry
    PRIMARY KEY (id) ) STRICT""",
    """CREATE TABLE household ( number INTEGER NOT NULL, hamlet_id BLOB, area TEXT, address TEXT NOT NULL,
    permanent_address TEXT NOT NULL, phone TEXT, flags TEXT NOT NULL, notes TEXT NOT NULL, ended_on TEXT, end_reason
    TEXT, id BLOB NOT NULL, version INTEGER NOT NULL, commune TEXT NOT NULL, CONSTRAINT pk_household PRIMARY KEY
    (id), CONSTRAINT uq_household_commune_number UNIQUE (commune, number), CONSTRAINT fk_household_hamlet_id FOREIGN
    KEY(hamlet_id) REFERENCES hamlet (id) DEFERRABLE INITIALLY DEFERRED ) STRICT""",
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
    """CREATE TABLE membership ( household_id BLOB NOT NULL, person_id BLOB NOT NULL, relation TEXT NOT NULL,
    relation_text TEXT NOT NULL, position INTEGER NOT NULL, joined_on TEXT, left_on TEXT, left_reason TEXT, id BLOB
    NOT NULL, version INTEGER NOT NULL, commune TEXT NOT NULL, CONSTRAINT pk_membership PRIMARY KEY (id), CONSTRAINT
    fk_membership_household_id FOREIGN KEY(household_id) REFERENCES household (id) DEFERRABLE INITIALLY DEFERRED,
    CONSTRAINT fk_membership_person_id FOREIGN KEY(person_id) REFERENCES person (id) DEFERRABLE INITIALLY DEFERRED )
    STRICT""",
    """CREATE TABLE household_class ( household_id BLOB NOT NULL, year INTEGER NOT NULL, value TEXT NOT NULL, since
    TEXT, decision_id BLOB, b1 INTEGER, b2 INTEGER, deprivations TEXT NOT NULL, causes TEXT NOT NULL, note TEXT NOT
    NULL, id BLOB NOT NULL, version INTEGER NOT NULL, commune TEXT NOT NULL, CONSTRAINT pk_household_class PRIMARY
    KEY (id), CONSTRAINT uq_household_class_household_id_year UNIQUE (household_id, year), CONSTRAINT
    fk_household_class_household_id FOREIGN KEY(household_id) REFERENCES household (id) DEFERRABLE INITIALLY
    DEFERRED, CONSTRAINT fk_household_class_decision_id FOREIGN KEY(decision_id) REFERENCES decision (id) DEFERRABLE
    INITIALLY DEFERRED ) STRICT""",
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
    """CREATE INDEX ix_certificate_household_id ON certificate (household_id)""",
    """CREATE INDEX ix_certificate_issued_on_number ON certificate (issued_on, number)""",
    """CREATE INDEX ix_change_record_id_seq ON change (record_id, seq)""",
    """CREATE INDEX ix_change_txn ON change (txn)""",
    """CREATE INDEX ix_household_class_year_value ON household_class (year, value)""",
    """CREATE INDEX ix_household_hamlet_id ON household (hamlet_id)""",
    """CREATE INDEX ix_household_index_active_class_value_head_sort_household_id ON household_index (active,
    class_value, head_sort, household_id)""",
    """CREATE INDEX ix_household_index_active_hamlet_id_head_sort_household_id ON household_index (active, hamlet_id,
    head_sort, household_id)""",
    """CREATE INDEX ix_household_index_active_head_sort_household_id ON household_index (active, head_sort,
    household_id)""",
    """CREATE INDEX ix_household_index_active_number_household_id ON household_index (active, number, household_id)""",
    """CREATE INDEX ix_journal_subject_id ON journal (subject_id)""",
    """CREATE INDEX ix_membership_household_id ON membership (household_id)""",
    """CREATE INDEX ix_membership_person_id ON membership (person_id)""",
    """CREATE INDEX ix_person_name_key ON person (name_key)""",
    """CREATE INDEX ix_person_name_sort ON person (name_sort)""",
    """CREATE INDEX ix_person_old_id_number ON person (old_id_number)""",
    """CREATE INDEX ix_print_event_certificate_id ON print_event (certificate_id)""",
    """CREATE INDEX ix_search_entry_household_id ON search_entry (household_id)""",
    """CREATE INDEX ix_search_entry_name_key ON search_entry (name_key)""",
    """CREATE INDEX ix_search_entry_record_id ON search_entry (record_id)""",
    """CREATE INDEX ix_template_key_number ON template ("key", number)""",
    """CREATE UNIQUE INDEX ix_journal_txn ON journal (txn)""",
    """CREATE VIRTUAL TABLE search_text USING fts5(kind, loose, exact, content='', contentless_delete=1,
    tokenize='unicode61 remove_diacritics 0', prefix='1 2 3')""",
)


def upgrade() -> None:
    for statement in STATEMENTS:
        op.get_bind().exec_driver_sql(statement)
