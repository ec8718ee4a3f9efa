package io.chapar.app;

import org.springframework.context.annotation.Configuration;

/** Schemas, the catalogue, the parties, the terms, and the stages {@code validate}, {@code authorise}, {@code transform}. */
@Configuration(proxyBeanMethods = false)
public class SchemaConfiguration {}
