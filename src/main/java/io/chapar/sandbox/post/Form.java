package io.chapar.sandbox.post;

/** The ways in which an agency can hand its message to the gateway. */
public enum Form {
    REST_JSON,
    REST_XML,
    SOAP
}
