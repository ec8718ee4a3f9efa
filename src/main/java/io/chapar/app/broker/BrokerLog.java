package io.chapar.app.broker;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.turbo.TurboFilter;
import ch.qos.logback.core.spi.FilterReply;
import java.util.Arrays;
import java.util.stream.Collectors;
import org.apache.activemq.artemis.api.core.Message;
import org.apache.activemq.artemis.core.server.MessageReference;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;
import org.slf4j.Marker;
import org.slf4j.helpers.MessageFormatter;

/**
 * What the broker says in the log. Its warnings show messages with all their properties, and words of exceptions that may
 * quote them; they belong to the parties. In their place stand the message's number, and the classes of exceptions.
 */
final class BrokerLog extends TurboFilter {

    private static final String BROKERS = "org.apache.activemq";

    /** A line for each message, with its body: whatever an operator sets. The record tells what happened to a message. */
    private static final String WITH_MESSAGES = "org.apache.activemq.audit.message";

    private static final int PLACES = 6;

    /** Called at each start of a broker: who sets up the log anew takes filters away. */
    static void install() {
        if (LoggerFactory.getILoggerFactory() instanceof LoggerContext context
                && context.getTurboFilterList().stream().noneMatch(BrokerLog.class::isInstance)) {
            context.addTurboFilter(new BrokerLog());
        }
    }

    @Override
    public FilterReply decide(
            @Nullable Marker marker,
            Logger logger,
            Level level,
            @Nullable String format,
            Object @Nullable [] params,
            @Nullable Throwable thrown) {
        if (logger.getName().startsWith(WITH_MESSAGES)) {
            return FilterReply.DENY;
        }
        if (format == null
                || !logger.getName().startsWith(BROKERS)
                || !level.isGreaterOrEqual(logger.getEffectiveLevel())) {
            return FilterReply.NEUTRAL;
        }
        Object[] told = params == null ? new Object[0] : params;
        Throwable failure = thrown == null ? last(told) : thrown;
        if (failure == null && Arrays.stream(told).noneMatch(BrokerLog::mayQuote)) {
            return FilterReply.NEUTRAL;
        }
        Object[] safe = Arrays.stream(told).map(BrokerLog::named).toArray();
        String words = quotes(format, failure) ? "failed" : MessageFormatter.basicArrayFormat(format, safe);
        String line = failure == null ? words : words + ": " + place(failure);
        // Without arguments, so this filter lets it pass.
        logger.log(marker, BrokerLog.class.getName(), Level.toLocationAwareLoggerInteger(level), line, null, null);
        return FilterReply.DENY;
    }

    private static @Nullable Throwable last(Object[] told) {
        return told.length > 0 && told[told.length - 1] instanceof Throwable failure ? failure : null;
    }

    /** Many of its lines are what an exception says. */
    private static boolean quotes(String format, @Nullable Throwable failure) {
        return failure != null && (format.equals(failure.getMessage()) || format.equals(failure.toString()));
    }

    private static String place(Throwable failure) {
        return failure.getClass().getName()
                + Arrays.stream(failure.getStackTrace())
                        .limit(PLACES)
                        .map(StackTraceElement::toString)
                        .collect(Collectors.joining(" < ", " at ", ""));
    }

    private static boolean mayQuote(@Nullable Object param) {
        return param instanceof Message || param instanceof MessageReference || param instanceof Throwable;
    }

    private static @Nullable Object named(@Nullable Object param) {
        if (param instanceof Message message) {
            return "message " + message.getMessageID();
        }
        if (param instanceof MessageReference reference) {
            return "message " + reference.getMessageID();
        }
        return param instanceof Throwable failure ? failure.getClass().getName() : param;
    }
}
