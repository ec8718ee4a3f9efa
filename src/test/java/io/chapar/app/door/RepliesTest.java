package io.chapar.app.door;

import io.chapar.message.Format;
import io.chapar.message.Problem;
import io.chapar.message.ProblemCode;
import io.chapar.message.Signer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.springframework.mock.web.MockHttpServletResponse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

class RepliesTest {

    private static final Problem NOTHING_HERE = Problem.of(ProblemCode.UNKNOWN_EXCHANGE, "Nothing is served here.");

    private final AtomicInteger signing = new AtomicInteger();
    private final CountDownLatch sign = new CountDownLatch(1);
    private final List<MockHttpServletResponse> responses = new ArrayList<>();

    @Test
    void refused_by_hundreds_at_once_only_four_are_signed_for_each_processor() throws Exception {
        int most = 4 * Runtime.getRuntime().availableProcessors();
        Replies replies = new Replies(slow());
        List<Thread> callers = new ArrayList<>();
        for (int i = 0; i < most + 200; i++) {
            MockHttpServletResponse response = new MockHttpServletResponse();
            responses.add(response);
            Thread caller = new Thread(() -> refuse(replies, response), "caller-" + i);
            callers.add(caller);
            caller.start();
        }

        await().until(() -> callers.stream().allMatch(caller -> caller.getState() == Thread.State.WAITING));
        assertThat(signing).hasValue(most);
        sign.countDown();
        for (Thread caller : callers) {
            caller.join();
        }
        assertThat(responses).allSatisfy(response -> {
            assertThat(response.getStatus()).isEqualTo(404);
            assertThat(response.getHeader(Intake.SIGNATURE)).startsWith("test..");
        });
    }

    private static void refuse(Replies replies, MockHttpServletResponse response) {
        try {
            replies.refuse(response, NOTHING_HERE, Optional.empty(), "0af7651916cd43dd8448eb211c80319c", Format.JSON);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Counts who is in it, and signs when it may. */
    private Signer slow() {
        TestSigner signer = new TestSigner();
        return (Signer) Proxy.newProxyInstance(
                getClass().getClassLoader(), new Class<?>[] {Signer.class}, (self, method, all) -> {
                    signing.incrementAndGet();
                    sign.await();
                    return method.invoke(signer, all);
                });
    }
}
