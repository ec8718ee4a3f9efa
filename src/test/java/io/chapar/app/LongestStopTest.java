package io.chapar.app;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.WebApplicationType;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

import static org.assertj.core.api.Assertions.assertThat;

/** A stop that waits for what does not come. */
class LongestStopTest {

    private final CountDownLatch ended = new CountDownLatch(1);
    private final AtomicInteger times = new AtomicInteger();

    /** What is closed at the stop waits until somebody ends the process. */
    @Configuration(proxyBeanMethods = false)
    static class Waiting {

        @Bean
        AutoCloseable waiting(CountDownLatch ended) {
            return ended::await;
        }
    }

    private ConfigurableApplicationContext started(String longest) {
        SpringApplication application = new SpringApplication(Waiting.class);
        application.setWebApplicationType(WebApplicationType.NONE);
        application.setRegisterShutdownHook(false);
        application.addInitializers(context -> context.getBeanFactory().registerSingleton("ended", ended));
        application.addListeners(new LongestStop(() -> {
            times.incrementAndGet();
            ended.countDown();
        }));
        return application.run("--chapar.longest-stop=" + longest, "--spring.main.banner-mode=off");
    }

    @Test
    void a_stop_that_waits_longer_than_it_may_is_ended_and_one_that_is_over_is_not_begun_again() throws Exception {
        ConfigurableApplicationContext gateway = started("100ms");

        gateway.close();
        gateway.close();

        assertThat(ended.await(1, TimeUnit.SECONDS)).isTrue();
        assertThat(times).hasValue(1);
    }

    @Test
    void a_stop_that_comes_to_its_end_is_not_ended() {
        ConfigurableApplicationContext gateway = started("1h");
        ended.countDown();

        gateway.close();

        assertThat(times).hasValue(0);
    }
}
