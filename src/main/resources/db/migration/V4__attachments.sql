-- file: where in the folder of attachments this part lies; sealed is then its key, size and digest. Bytes, so that both
-- databases compare it in the same order.
alter table content add column file ${bytes};
create index content_by_file on content (file) where file is not null;

-- files: a line for each file that belongs into the sealed payload, with its place and its contentId.
alter table mailed add column files text;
