package io.chapar.app.queue;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.io.TempDir;

/** Both directions, with one gateway. */
class QueuesTest {

    private static QueueGateway both;

    @BeforeAll
    static void start(@TempDir Path folder) throws IOException {
        both = new QueueGateway(folder);
    }

    @AfterAll
    static void stop() {
        both.close();
    }

    @Nested
    class In extends QueueMessages {
        @Override
        QueueGateway open(Path unused) {
            return both;
        }

        @Override
        void leave(QueueGateway done) {
            // the other half uses it, too
        }
    }

    @Nested
    class Out extends QueueDeliveries {
        @Override
        QueueGateway open(Path unused) {
            return both;
        }

        @Override
        void leave(QueueGateway done) {
            // the other half uses it, too
        }
    }
}
