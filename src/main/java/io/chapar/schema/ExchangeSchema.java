package io.chapar.schema;

import io.chapar.message.ExchangeVersion;
import java.util.Optional;

/**
 * The schemas of one version of an exchange.
 *
 * @param message what is sent or asked
 * @param answer what answers a query; absent for notifications
 */
public record ExchangeSchema(ExchangeVersion exchange, DocumentSchema message, Optional<DocumentSchema> answer) {}
