-- Production may be marked without a question before each publish, and an organization may have a place for files.
ALTER TABLE connections ADD COLUMN asks_before_publish INTEGER NOT NULL DEFAULT 1 CHECK (asks_before_publish IN (0, 1));
ALTER TABLE connections ADD COLUMN asset_base_url TEXT;
