package io.chapar.fuzz;

import io.chapar.accept.MultipartTarget;
import io.chapar.app.batch.BatchTargets;
import io.chapar.app.catalogue.AgreementTarget;
import io.chapar.app.console.IdTokenTarget;
import io.chapar.app.door.HeaderTargets;
import io.chapar.app.queue.AmqpBodyTarget;
import io.chapar.deliver.AcknowledgementTarget;
import io.chapar.schema.MessageTarget;
import io.chapar.trust.CertificateTargets;
import io.chapar.trust.DocumentTargets;
import io.chapar.trust.SignatureTargets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Every parser and verifier that a stranger's bytes reach, by the name of its folder of seeds. */
public final class Targets {

    /** Makes a target, with a folder that it may use. */
    private interface Making {
        Target in(Path folder) throws Exception;
    }

    private static final Map<String, Making> ALL = new LinkedHashMap<>();

    static {
        ALL.put("xml", folder -> DocumentTargets::xml);
        ALL.put("json", folder -> DocumentTargets::json);
        ALL.put("xml-signature", folder -> SignatureTargets.xml("xml-signature"));
        ALL.put("xades", folder -> SignatureTargets.xml("xades"));
        ALL.put("envelope", folder -> SignatureTargets.envelope());
        ALL.put("jws", folder -> SignatureTargets.jws(CertificateTargets.party()));
        ALL.put("jws-carrying", folder -> SignatureTargets.carrying(CertificateTargets.party()));
        ALL.put("jwe", folder -> DocumentTargets.jwe());
        ALL.put("certificate", folder -> CertificateTargets.certificate());
        ALL.put("ocsp", folder -> CertificateTargets.ocsp());
        ALL.put("revocation-lists", CertificateTargets::revocationLists);
        ALL.put("timestamp", folder -> CertificateTargets.timestamp());
        ALL.put("multipart", MultipartTarget::new);
        ALL.put("acknowledgement", folder -> new AcknowledgementTarget());
        ALL.put("lines", folder -> BatchTargets::lines);
        ALL.put("zip", folder -> BatchTargets::zip);
        ALL.put("range", folder -> BatchTargets::range);
        ALL.put("amqp-body", folder -> new AmqpBodyTarget());
        ALL.put("types", folder -> HeaderTargets::types);
        ALL.put("query", folder -> HeaderTargets::query);
        ALL.put("id-token", folder -> new IdTokenTarget());
        ALL.put("message", MessageTarget::new);
        ALL.put("agreement", AgreementTarget::new);
    }

    /** These compile schemas, which takes longer than all others together run in a build. */
    private static final Set<String> SLOW_TO_BEGIN = Set.of("message", "agreement");

    private Targets() {}

    /** Those that {@link #together} knows, in the order of their marks. */
    public static List<String> quick() {
        return names().stream().filter(name -> !SLOW_TO_BEGIN.contains(name)).toList();
    }

    public static List<String> names() {
        return List.copyOf(ALL.keySet());
    }

    /** @throws Exception when its seeds are missing or verify no more */
    public static Target named(String name) throws Exception {
        Making making = ALL.get(name);
        if (making == null) {
            throw new IllegalArgumentException("the targets are " + names());
        }
        return making.in(Files.createTempDirectory("fuzz-" + name));
    }

    /** All quick ones in one: the first byte says which, modulo their number, and the rest is for it. */
    public static Target together() throws Exception {
        List<Target> targets = new ArrayList<>();
        for (String name : quick()) {
            targets.add(named(name));
        }
        return input -> {
            if (input.length > 0) {
                targets.get(Byte.toUnsignedInt(input[0]) % targets.size())
                        .take(Arrays.copyOfRange(input, 1, input.length));
            }
        };
    }
}
