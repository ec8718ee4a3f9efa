package io.chapar.nodes;

import io.chapar.app.WholeGateway;
import io.chapar.record.Database;
import io.chapar.sandbox.post.GatewayConnection;
import io.chapar.sandbox.post.PartyKeys;
import java.net.URI;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.config.InstantiationAwareBeanPostProcessor;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.web.servlet.context.ServletWebServerApplicationContext;

import static org.awaitility.Awaitility.await;

/** The node that nobody kills: in the process of the test, where it has not to be started from cold. */
final class SurvivingNode implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofMinutes(2);

    private final Path folder;
    private final FutureTask<ServletWebServerApplicationContext> start;

    /**
     * Returns while it starts.
     *
     * @param agenciesPort where the agencies listen to which it delivers
     * @param database which it opens when the other node, that comes from cold, does
     */
    SurvivingNode(Path folder, int agenciesPort, DataSource database, List<String> settings) {
        this.folder = folder;
        List<String> all =
                WholeGateway.settings(folder, WholeGateway.UNWATCHED, "--chapar.sandbox.port=" + agenciesPort);
        all.addAll(settings);
        SpringApplication gateway = WholeGateway.application();
        gateway.addInitializers(context -> context.getBeanFactory().addBeanPostProcessor(new TwoAtOnce(database)));
        this.start =
                new FutureTask<>(() -> (ServletWebServerApplicationContext) gateway.run(all.toArray(String[]::new)));
        new Thread(start, "surviving-node").start();
    }

    private record TwoAtOnce(DataSource database) implements InstantiationAwareBeanPostProcessor {

        private static final String OTHERS =
                "select 1 from pg_stat_activity" + " where backend_type = 'client backend' and pid <> pg_backend_pid()";

        @Override
        public @Nullable Object postProcessBeforeInstantiation(Class<?> bean, String name) {
            if (Database.class.equals(bean)) {
                await().atMost(PATIENCE).until(this::otherIsThere);
            }
            return null;
        }

        private boolean otherIsThere() throws SQLException {
            try (Connection connection = database.getConnection();
                    Statement statement = connection.createStatement();
                    ResultSet others = statement.executeQuery(OTHERS)) {
                return others.next();
            }
        }
    }

    private URI address(String port) throws InterruptedException, ExecutionException {
        return URI.create("https://localhost:" + start.get().getEnvironment().getRequiredProperty(port));
    }

    /** Where agencies send, once it has started. */
    URI address() throws InterruptedException, ExecutionException {
        return address("local.server.port");
    }

    /** Returns when it says that it is ready. */
    void awaitReady(PartyKeys keys) throws InterruptedException, ExecutionException {
        try (GatewayConnection connection = new GatewayConnection(address("local.management.port"), keys.client())) {
            await().atMost(PATIENCE)
                    .until(() -> connection.get("/actuator/health/readiness").status() == 200);
        }
    }

    Path data() {
        return folder.resolve("data");
    }

    @Override
    public void close() throws InterruptedException, ExecutionException {
        start.get().close();
    }
}
