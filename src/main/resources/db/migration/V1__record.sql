-- One set of migrations for both databases. Times are microseconds since 1970 in UTC; UUIDs are 16 bytes; digests the
-- 32 bytes of the hash. ${bytes} is the database's type for bytes, ${clustered} keeps small rows in their key's order.

-- Never cut: an id stays used for ever. About 70 bytes a row.
create table claim (
    sender         varchar(32) not null,
    message_id     ${bytes}    not null,
    content_digest ${bytes}    not null,
    message        bigint      not null,
    primary key (sender, message_id)
) ${clustered};

-- number: the order of acceptance. kind: 0 a notification, 1 a question.
create table message (
    number          bigint      not null primary key,
    kind            smallint    not null,
    sender          varchar(32) not null,
    message_id      ${bytes}    not null,
    conversation_id ${bytes}    not null,
    exchange        varchar(64) not null,
    version         varchar(8)  not null,
    action          smallint    not null,
    corrects        ${bytes},
    ordering_key    varchar(64),
    door            smallint    not null,
    format          smallint    not null,
    content_type    text        not null,
    signature       text,
    signer          ${bytes}    not null,
    content_digest  ${bytes}    not null,
    bytes_digest    ${bytes}    not null,
    accepted_at     bigint      not null,
    receivers       smallint    not null,
    key_name        varchar(128) not null,
    wrapped_key     ${bytes}    not null
);
create index message_by_sender on message (sender, accepted_at, number);

-- The certificates that signed messages, by SHA-256.
create table certificate (
    fingerprint ${bytes} not null primary key,
    der         ${bytes} not null
);

-- Encrypted content: part 0 is the document, the others its attachments.
create table content (
    message    bigint   not null references message (number),
    part       smallint not null,
    content_id text,
    media_type text,
    sealed     ${bytes} not null,
    primary key (message, part)
);

create table receipt (
    message      bigint   not null primary key references message (number),
    receipt_id   ${bytes} not null,
    due          bigint,
    met          smallint,
    merge_delay  bigint   not null,
    jws          ${bytes} not null,
    xml          ${bytes} not null
);

-- state: 0 waiting, 1 held, 2 parked, 3 mailed; what is below 4 is open. 4 delivered, 5 withdrawn.
create table delivery (
    message         bigint      not null references message (number),
    delivery_id     ${bytes}    not null,
    receiver        varchar(32) not null,
    ordering_key    varchar(64),
    priority        smallint    not null,
    goes_on         smallint    not null,
    state           smallint    not null,
    since           bigint      not null,
    attempts        integer     not null,
    visible_at      bigint      not null,
    answer          text,
    answer_text     ${bytes},
    digest          ${bytes},
    proof           ${bytes},
    proof_signature text,
    primary key (message, delivery_id)
) ${clustered};
create unique index delivery_by_id on delivery (delivery_id);
create index delivery_open on delivery (receiver, message) where state < 4;
create index delivery_open_by_key on delivery (receiver, ordering_key, message)
    where state < 4 and ordering_key is not null;
create index delivery_held on delivery (receiver, ordering_key, message) where state = 1;
create index delivery_waiting on delivery (message, delivery_id) where state = 0;

-- What lies, or lay, in a mailbox: exactly what the receiver is given, encrypted under its message's key.
create table mailed (
    delivery_id  ${bytes} not null primary key references delivery (delivery_id),
    content_type text     not null,
    signature    text,
    digest       ${bytes} not null,
    sealed       ${bytes} not null
);

-- How a question ended; the provider's signed answer is its proof.
create table answer (
    message bigint   not null primary key references message (number),
    found   smallint,
    digest  ${bytes},
    sealed  ${bytes},
    reason  text,
    at      bigint   not null
);

-- number is dense and begins with 0: it is the event's index in the ledger.
create table event (
    number bigint   not null primary key,
    bytes  ${bytes} not null
);

create table ledger_entry (
    number    bigint   not null primary key,
    leaf_hash ${bytes} not null
);

-- frontier: the hashes of the complete subtrees, largest first, from which the tree grows on.
create table ledger_checkpoint (
    size     bigint   not null primary key,
    root     ${bytes} not null,
    frontier ${bytes} not null,
    note     text     not null,
    at       bigint   not null
);

-- Keys that no longer exist, and with them all that was encrypted under them.
create table destroyed_key (
    key_name     varchar(128) not null primary key,
    destroyed_at bigint       not null,
    destroyed_by text         not null
);
