-- Parked deliveries that were sent again: by whose login, and when.
create table sent_again (
    delivery_id ${bytes} not null references delivery (delivery_id),
    at          bigint   not null,
    by_login    text     not null,
    primary key (delivery_id, at)
);

-- What an administrator is to look at.
create index delivery_parked on delivery (message, delivery_id) where state = 2;
