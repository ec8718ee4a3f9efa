package io.chapar.trust;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** Keys that exist nowhere else, in a file that several processes may share. */
class PayloadKeysTest {

    private static final String TODAY = "border-crossing/2031-11-23";
    private static final String TOMORROW = "border-crossing/2031-11-24";

    @TempDir
    Path folder;

    private PayloadKeys open() throws IOException {
        return PayloadKeys.open(folder, Optional.empty());
    }

    private Path away() throws IOException {
        Path aside = folder.resolve("aside");
        Files.move(folder.resolve("payload.p12"), aside);
        return aside;
    }

    @Test
    void no_new_file_takes_the_place_of_one_that_cannot_be_seen_now() throws Exception {
        PayloadKeys keys = open();
        MessageKey before = keys.forNew(TODAY);
        Path aside = away();
        assertThatThrownBy(() -> keys.forNew(TOMORROW))
                .isInstanceOf(PayloadKeys.KeyNotMade.class)
                .hasStackTraceContaining("bring it back");
        assertThatThrownBy(() -> keys.destroy(List.of(before.name()))).isInstanceOf(IOException.class);
        assertThat(folder.resolve("payload.p12")).doesNotExist();
        Files.move(aside, folder.resolve("payload.p12"));
        assertThat(keys.forNew(TOMORROW).name()).isNotEqualTo(before.name());
        assertThat(open().names()).hasSize(2).contains(before.name());
    }

    @Test
    void keys_that_are_known_go_on_working_while_their_file_cannot_be_seen() throws Exception {
        PayloadKeys keys = open();
        MessageKey known = keys.forNew(TODAY);
        away();
        assertThatThrownBy(() -> keys.unwrap("of-another-node", known.wrapped()))
                .isInstanceOf(PayloadKeys.KeyMissing.class);
        assertThat(keys.unwrap(known.name(), known.wrapped()).key()).isEqualTo(known.key());
        assertThatCode(() -> keys.forNew(TODAY)).doesNotThrowAnyException();
    }

    @Test
    void key_that_another_process_made_is_found_and_one_that_it_destroyed_is_gone() throws Exception {
        PayloadKeys here = open();
        PayloadKeys there = open();
        MessageKey made = there.forNew(TODAY);
        assertThat(here.unwrap(made.name(), made.wrapped()).key()).isEqualTo(made.key());
        here.forNew(TOMORROW);
        here.destroy(List.of(made.name()));
        assertThat(open().names()).hasSize(1).doesNotContain(made.name());
    }

    @Test
    void who_reads_waits_for_nobody_who_changes_the_file() throws Exception {
        PayloadKeys here = open();
        PayloadKeys there = open();
        MessageKey fresh = there.forNew(TODAY);
        CountDownLatch inTheFile = new CountDownLatch(1);
        CountDownLatch goOn = new CountDownLatch(1);
        KeyFile slow = new KeyFile(folder, "payload.p12", Optional.empty());
        CompletableFuture<Void> slowly = inBackground(() -> slow.change(keys -> {
            inTheFile.countDown();
            await(goOn);
            return false;
        }));
        try {
            await(inTheFile);
            CompletableFuture<Void> making = inBackground(() -> here.forNew(TOMORROW));

            CompletableFuture<Void> reading = inBackground(() -> here.unwrap(fresh.name(), fresh.wrapped()));

            assertThat(reading).succeedsWithin(Duration.ofSeconds(30));
            assertThat(making).isNotDone();
            goOn.countDown();
            assertThat(making).succeedsWithin(Duration.ofSeconds(30));
        } finally {
            goOn.countDown();
            slowly.join();
        }
        assertThat(open().names()).hasSize(2);
    }

    @Test
    void key_that_another_node_made_is_found_though_the_time_of_the_file_seems_the_old_one() throws Exception {
        PayloadKeys here = open();
        here.forNew(TODAY);
        Path file = folder.resolve("payload.p12");
        FileTime seen = Files.getLastModifiedTime(file);
        MessageKey fresh = open().forNew(TOMORROW);
        // As a cache of a file system over the network tells it for some seconds.
        Files.setLastModifiedTime(file, seen);

        assertThat(here.unwrap(fresh.name(), fresh.wrapped()).key()).isEqualTo(fresh.key());
    }

    private interface Work {
        void done() throws Exception;
    }

    private static CompletableFuture<Void> inBackground(Work work) {
        CompletableFuture<Void> done = new CompletableFuture<>();
        Thread thread = new Thread(() -> {
            try {
                work.done();
                done.complete(null);
            } catch (Exception e) {
                done.completeExceptionally(e);
            }
        });
        thread.setDaemon(true);
        thread.start();
        return done;
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Test
    void message_whose_key_was_destroyed_stays_closed() throws Exception {
        PayloadKeys keys = open();
        MessageKey key = keys.forNew(TODAY);
        keys.destroy(List.of(key.name()));
        assertThatThrownBy(() -> keys.unwrap(key.name(), key.wrapped())).isInstanceOf(PayloadKeys.KeyMissing.class);
    }
}
