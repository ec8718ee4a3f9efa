-- What a receiver acknowledged with and its signature, together, sealed: both are its own words, and may name somebody. What
-- stands in proof and proof_signature is in clear, and was written by a version before this one.
alter table delivery add column sealed_proof ${bytes};

-- A message's detached signature, sealed: who signs writes its header freely. The same holds for signature.
alter table message add column sealed_signature ${bytes};
