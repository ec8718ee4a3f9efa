-- Timestamps of RFC 3161 over the notes of checkpoints. at: the time that the token proves.
create table ledger_timestamp (
    size  bigint   not null primary key,
    token ${bytes} not null,
    at    bigint   not null
);

-- By the database's clock: from it the grace period without a timestamp counts. What is there already counts from now.
alter table event add column recorded_at bigint not null default 0;
update event set recorded_at = ${now};
