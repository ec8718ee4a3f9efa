-- Corrections: original is the number of the message that is corrected or withdrawn, the same for corrections of
-- corrections; a message that corrects none has none.
alter table message add column original bigint;
create index message_by_original on message (original, number) where original is not null;

-- What must follow a message, by when. message: the one that started the clock, or that it corrects. source: the message
-- that says so now, a correction if there was one. since: what came before this does not stop it.
-- state: 0 running, 1 stopped, 2 run out, 3 ended with what started it. notice: id of the message that is sent when it
-- runs out. exchange: that of the message that started it.
create table clock (
    message    bigint      not null primary key references message (number),
    source     bigint      not null references message (number),
    exchange   varchar(64) not null,
    since      bigint      not null,
    due        bigint      not null,
    state      smallint    not null,
    changed_at bigint      not null,
    notice     ${bytes}    not null
);
create index clock_due on clock (due, message) where state = 0;
create unique index clock_notice on clock (notice);

-- By what a clock is stopped, as keyed hashes: whoever reads the database learns no number of a person from them.
create table clock_mark (
    mark  ${bytes} not null,
    clock bigint   not null references clock (message),
    primary key (mark, clock)
) ${clustered};
create index clock_mark_by_clock on clock_mark (clock);

-- What was awaited and came, under the marks that it bears, for clocks of this exchange: kept, because it may come
-- before the clock's own message, and because it may be withdrawn.
create table clock_answer (
    mark     ${bytes}    not null,
    exchange varchar(64) not null,
    message  bigint      not null references message (number),
    at       bigint      not null,
    primary key (mark, exchange, message)
) ${clustered};
create index clock_answer_by_message on clock_answer (message);

-- A number that was assigned in a conversation: what bears the first mark counts as if it bore the second.
create table clock_number (
    mark       ${bytes} not null,
    stands_for ${bytes} not null,
    message    bigint   not null references message (number),
    primary key (mark, stands_for, message)
) ${clustered};
create index clock_number_by_other on clock_number (stands_for);
create index clock_number_by_message on clock_number (message);
