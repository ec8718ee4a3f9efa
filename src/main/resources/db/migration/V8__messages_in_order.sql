-- A sender's messages in the order in which they were recorded: what is recorded later never comes before what was seen.
create index message_in_order on message (sender, number);
