package io.chapar.attacks;

import io.chapar.app.door.TestCertificates;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.util.Optional;

/**
 * Where what another verifier is asked about lies: one signature as it was taken here, and altered; its files differ in
 * their extensions.
 *
 * @param kind a folder
 */
record SignedFiles(String kind, String name) {

    static final Path FOLDER = Path.of("target/dss/signed");

    Path accepted(String extension) throws IOException {
        return in("accepted", extension);
    }

    Path altered(String extension) throws IOException {
        return in("altered", extension);
    }

    void documents(byte[] body, byte[] altered, Optional<String> jws) throws IOException {
        String extension = jws.isPresent() ? ".json" : ".xml";
        Files.write(accepted(extension), body);
        Files.write(altered(extension), altered);
        if (jws.isPresent()) {
            Files.writeString(accepted(".jws"), jws.get());
            Files.writeString(altered(".jws"), jws.get());
        }
    }

    /** For a form that nobody else reads a certificate out of. */
    void signer(X509Certificate certificate) throws IOException, CertificateEncodingException {
        TestCertificates.write(accepted(".pem"), "CERTIFICATE", certificate.getEncoded());
        TestCertificates.write(altered(".pem"), "CERTIFICATE", certificate.getEncoded());
    }

    private Path in(String verdict, String extension) throws IOException {
        return Files.createDirectories(FOLDER.resolve(verdict).resolve(kind)).resolve(name + extension);
    }
}
