package io.chapar.message;

/**
 * One place where content breaks a rule. It never carries the value itself, which may be personal data.
 *
 * @param pointer where, as a JSON Pointer (RFC 6901), for XML too
 * @param rule what was expected there
 */
public record Violation(String pointer, String rule) {}
