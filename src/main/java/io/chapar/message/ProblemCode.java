package io.chapar.message;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/**
 * The one table of problems. Every refusal, on every door, is a row of it; {@code docs/problems.md} is generated from
 * it. Codes are stable: a row may be added, never renamed.
 */
public enum ProblemCode {
    MALFORMED(
            400,
            "The document or a parameter cannot be read",
            Retry.AFTER_CHANGE,
            "Send well-formed XML without a DOCTYPE, or I-JSON without duplicate keys, within the limits of size and depth;"
                    + " and parameters as the OpenAPI description has them."),
    NOT_ENCRYPTED(
            400,
            "The body is not encrypted as agreed",
            Retry.AFTER_CHANGE,
            "Encrypt the body to the gateway's encryption certificate: compact JWE with enc A256GCM, alg ECDH-ES+A256KW for"
                    + " its P-256 or P-384 key, RSA-OAEP-256 for its RSA key; no zip, no crit, no key in the header."),
    EXCHANGE_MISMATCH(
            400,
            "The document belongs to another exchange",
            Retry.AFTER_CHANGE,
            "Send the document to the address of the exchange and version that its header and its root name."),
    NO_CERTIFICATE(
            401,
            "No client certificate",
            Retry.AFTER_CHANGE,
            "Connect with the TLS certificate that the party directory holds for you."),
    UNKNOWN_CERTIFICATE(
            401,
            "The client certificate belongs to no party",
            Retry.AFTER_CHANGE,
            "Ask the operator to enter this certificate for your party, or connect with the one that is entered."),
    SIGNATURE_MISSING(
            401,
            "The message is not signed",
            Retry.AFTER_CHANGE,
            "Sign the document: an enveloped XML signature, a detached JWS in X-JWS-Signature, or WS-Security for SOAP."),
    SIGNATURE_INVALID(
            401,
            "The signature does not verify",
            Retry.AFTER_CHANGE,
            "Sign the exact bytes that are sent, with an allowed algorithm and your signing certificate."),
    SIGNATURE_INCOMPLETE(
            401,
            "The signature does not cover exactly what it must",
            Retry.AFTER_CHANGE,
            "Use the signature profile to the letter: one signature over the whole document and nothing else."),
    CERTIFICATE_REVOKED(
            401, "The certificate is revoked", Retry.AFTER_CHANGE, "Use a certificate that is not revoked."),
    CERTIFICATE_EXPIRED(
            401,
            "The certificate is not valid at this time",
            Retry.AFTER_CHANGE,
            "Use a certificate within its period of validity."),
    SIGNER_MISMATCH(
            403,
            "The signer is not the party that is connected",
            Retry.AFTER_CHANGE,
            "Sign with a signing certificate of the same party whose TLS certificate you connect with."),
    SENDER_MISMATCH(
            403,
            "The header names another sender",
            Retry.AFTER_CHANGE,
            "Put your own party code into the header's sender."),
    NOT_AGREED(
            403,
            "No agreement allows this",
            Retry.NEVER,
            "See GET /api/v1/exchanges for what you may send, receive and ask, and for which purposes."),
    FORBIDDEN(
            403,
            "This exchange is forbidden by law",
            Retry.NEVER,
            "Do not send this again: the attempt is recorded, and the supervisors are alerted."),
    UNKNOWN_EXCHANGE(
            404,
            "There is no such exchange",
            Retry.AFTER_CHANGE,
            "See GET /api/v1/exchanges for the exchanges that are open to you."),
    UNKNOWN_MESSAGE(
            404,
            "There is no such message of yours",
            Retry.AFTER_CHANGE,
            "Give the messageId of a message that you sent, or with ?sender= of one that was delivered to you."),
    UNKNOWN_BATCH(
            404,
            "There is no such batch of yours",
            Retry.AFTER_CHANGE,
            "Give the exchange and the id under which you began to upload it."),
    METHOD_NOT_ALLOWED(
            405,
            "This address does not answer to this method",
            Retry.AFTER_CHANGE,
            "Use one of the methods that the header Allow names."),
    ID_REUSED(
            409,
            "The messageId was used for another content",
            Retry.AFTER_CHANGE,
            "Give every new message a new messageId; repeat an old one only unchanged."),
    QUERY_REPEATED(409, "The query was asked before", Retry.AFTER_CHANGE, "Ask again under a new messageId."),
    UPLOAD_OFFSET(
            409,
            "The piece does not begin where the last one ended",
            Retry.AFTER_CHANGE,
            "Ask with HEAD for Upload-Offset, and go on from there."),
    TOO_LARGE(
            413,
            "The message is too large",
            Retry.AFTER_CHANGE,
            "Keep within the sizes that GET /api/v1/exchanges gives."),
    MEDIA_TYPE(
            415,
            "The media type is not supported here",
            Retry.AFTER_CHANGE,
            "Send application/json or application/xml, or multipart/related with attachments."),
    SCHEMA(
            422,
            "The document does not fit its schema",
            Retry.AFTER_CHANGE,
            "Correct the places that are listed; the schema is given by GET /api/v1/exchanges."),
    RULE(422, "The document breaks a rule of its exchange", Retry.AFTER_CHANGE, "Correct the places that are listed."),
    RECEIVER_UNKNOWN(
            422,
            "The receiver is not in the party directory",
            Retry.AFTER_CHANGE,
            "Name a receiver that the party directory knows."),
    UNPROCESSABLE(
            422,
            "The gateway fails at this message",
            Retry.AFTER_CHANGE,
            "Give the traceId to the operator, and send the same message again when told that the gateway is mended;"
                    + " GET /api/v1/messages/{messageId} tells whether it was accepted."),
    QUOTA(429, "Too much at once", Retry.LATER, "Send the same message again after the time in Retry-After."),
    NOT_DURABLE(
            503,
            "The message could not be recorded",
            Retry.LATER,
            "Send the same message again after the time in Retry-After; the answer tells if it was recorded after all."),
    NO_TIMESTAMP(
            503,
            "No timestamp can be had",
            Retry.LATER,
            "Nothing was accepted. Send the same message again after the time in Retry-After."),
    PROVIDER_UNAVAILABLE(
            503,
            "The party that could answer cannot be reached",
            Retry.LATER,
            "Ask again, under a new messageId, after the time in Retry-After.");

    /** Whether sending again can help. */
    public enum Retry {
        NEVER,
        AFTER_CHANGE,
        LATER
    }

    private final int status;
    private final String title;
    private final Retry retry;
    private final String nextStep;

    ProblemCode(int status, String title, Retry retry, String nextStep) {
        this.status = status;
        this.title = title;
        this.retry = retry;
        this.nextStep = nextStep;
    }

    /** The code as callers see it, such as {@code signature-invalid}. */
    public String code() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** The stable name that RFC 9457 calls the type. */
    public String type() {
        return "urn:chapar:problem:" + code();
    }

    /** The HTTP status. */
    public int status() {
        return status;
    }

    public String title() {
        return title;
    }

    public Retry retry() {
        return retry;
    }

    /** What the caller should do next. */
    public String nextStep() {
        return nextStep;
    }

    public static Optional<ProblemCode> ofCode(String code) {
        return Arrays.stream(values()).filter(row -> row.code().equals(code)).findFirst();
    }
}
