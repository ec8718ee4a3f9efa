package io.chapar.record;

import com.fasterxml.jackson.databind.JsonNode;
import io.chapar.message.Digest;
import io.chapar.message.Proof;
import io.chapar.trust.PayloadKeys;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What events tell of acknowledgements, and whether the record fits it. Two digests are told: of what the receiver said,
 * which proves it as long as anybody has it, also when the key is destroyed; and of the sealed bytes, by which the record
 * is verified without any key. With keys each is opened besides.
 */
public final class ProofCheck {

    private static final String SAID = "proofDigest";
    private static final String SEALED = "sealedProofDigest";
    private static final String DESTROYED = "proofDestroyed";

    private final Optional<PayloadKeys> keys;
    private long opened;
    private long destroyed;
    private long withoutKey;

    /** @param keys to open with, if anything is to be opened */
    public ProofCheck(Optional<PayloadKeys> keys) {
        this.keys = keys;
    }

    /** So many were opened, and are what the ledger says. */
    public long opened() {
        return opened;
    }

    /** So many nobody can read any more: they were kept long enough. */
    public long destroyed() {
        return destroyed;
    }

    /** So many were not opened because their key is not here, although it was not destroyed. */
    public long withoutKey() {
        return withoutKey;
    }

    /** @param sealed empty when the key was destroyed before it was said */
    static void tell(EventBytes event, Proof proof, Optional<byte[]> sealed) {
        event.digest(SAID, Digest.of(proof.said()));
        sealed.ifPresentOrElse(bytes -> event.digest(SEALED, Digest.of(bytes)), () -> event.flag(DESTROYED, true));
    }

    /** @param row of the delivery */
    boolean fits(Connection connection, ResultSet row, JsonNode told) throws SQLException {
        if (!told.has(SEALED)) {
            // An older version kept it in clear.
            return told.path(DESTROYED).asBoolean() || is(row.getBytes("proof"), told.path(SAID));
        }
        byte[] sealed = row.getBytes("sealed_proof");
        return is(sealed, told.path(SEALED))
                && (keys.isEmpty()
                        || opens(connection, keys.get(), Columns.id(row, "delivery_id"), sealed, told.path(SAID)));
    }

    private boolean opens(Connection connection, PayloadKeys keys, UUID deliveryId, byte[] sealed, JsonNode said)
            throws SQLException {
        DeliveryFacts facts = DeliveryFacts.find(connection, deliveryId).orElseThrow();
        try {
            byte[] identity = facts.identity().acknowledgement(facts.deliveryId());
            Proof proof = Proof.of(facts.key(keys).open(sealed, identity));
            opened++;
            return is(proof.said(), said);
        } catch (PayloadKeys.KeyMissing e) {
            if (DestroyedKeys.contain(connection, facts.keyName())) {
                destroyed++;
            } else {
                withoutKey++;
            }
            return true;
        } catch (IllegalStateException e) {
            // Sealed as something else.
            return false;
        }
    }

    private static boolean is(byte @Nullable [] bytes, JsonNode digest) {
        return bytes != null && Digest.of(bytes).value().equals(digest.asText());
    }
}
