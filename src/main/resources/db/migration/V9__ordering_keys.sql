-- What the later ones of an ordering key wait for, found without reading what of it lies in a mailbox or is passed over.
-- Its condition stands in the statements word for word (OrderingKeys.BLOCKS): otherwise it is not used.
create index delivery_blocks on delivery (receiver, ordering_key, message)
    where state < 3 and not (state = 2 and goes_on = 1) and ordering_key is not null;
