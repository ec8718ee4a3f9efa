package io.chapar.app.soap;

import java.time.Duration;
import java.util.Optional;

/** An envelope on its way back. */
record SoapReply(int status, String contentType, byte[] envelope, Optional<Duration> retryAfter) {}
