-- The gateways that share this database. A node lives as long as it holds the lock of its number.
create table node (
    number integer not null primary key,
    id     ${bytes} not null unique
);

-- By which transport a delivery goes: that of the node of this number; 0 is the one that all nodes share.
alter table delivery add column carrier integer not null default 0;
drop index delivery_waiting;
create index delivery_waiting on delivery (carrier, message, delivery_id) where state = 0;

-- What nodes must have in common besides: said by the first, held against by the others.
create table common_ground (
    name  varchar(32) not null primary key,
    value text        not null
);
