package io.chapar.app.server;

import java.net.InetAddress;
import java.net.UnknownHostException;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class BodyPlacesTest {

    private static final int THREADS = 80;

    /** Sixty for those with a certificate, ten for the others. */
    private final BodyPlaces places = new BodyPlaces(THREADS);

    private static BodyPlaces.Caller certified(int number) {
        return new BodyPlaces.Caller(number, true);
    }

    private static BodyPlaces.Caller stranger(int number) {
        return new BodyPlaces.Caller(number, false);
    }

    private int taken(BodyPlaces.Caller caller) {
        int taken = 0;
        while (places.take(caller).isPresent()) {
            taken++;
        }
        return taken;
    }

    @Test
    void refused_when_the_caller_has_as_many_as_are_free_and_there_is_room_for_the_next() {
        assertThat(taken(certified(1))).isEqualTo(30);
        assertThat(taken(certified(2))).isEqualTo(15);
        assertThat(taken(certified(3))).isEqualTo(8);
        assertThat(taken(certified(1))).isZero();
        assertThat(taken(certified(4))).isEqualTo(4);
    }

    @Test
    void refused_beyond_three_quarters_however_many_callers_there_are() {
        int taken = 0;
        for (int i = 0; i < 2 * THREADS; i++) {
            taken += taken(certified(i));
        }
        assertThat(taken).isEqualTo(60);
        assertThat(places.take(certified(1000))).isEmpty();
    }

    @Test
    void refused_beyond_an_eighth_without_a_certificate_and_who_has_one_loses_nothing() {
        int taken = 0;
        for (int i = 0; i < 2 * THREADS; i++) {
            taken += taken(stranger(i));
        }
        assertThat(taken).isEqualTo(10);
        assertThat(taken(certified(1))).isEqualTo(30);
    }

    @Test
    void a_stranger_is_one_from_whichever_address_of_its_network_it_sends() throws UnknownHostException {
        assertThat(taken(from("2001:db8:0:1::1"))).isEqualTo(5);
        assertThat(taken(from("2001:db8:0:1:ffff::2"))).isZero();
        assertThat(taken(from("2001:db8:0:2::1"))).isEqualTo(3);
        assertThat(taken(from("192.0.2.1"))).isEqualTo(1);
        assertThat(taken(from("192.0.2.2"))).isEqualTo(1);
    }

    private static BodyPlaces.Caller from(String address) throws UnknownHostException {
        return PunctualBodies.stranger(InetAddress.getByName(address));
    }

    @Test
    void what_is_given_back_is_there_again_and_counts_once() {
        BodyPlaces.Place place = places.take(certified(1)).orElseThrow();
        assertThat(taken(certified(1))).isEqualTo(29);
        place.giveBack();
        place.giveBack();
        assertThat(taken(certified(1))).isEqualTo(1);
    }

    @Test
    void a_server_of_few_threads_waits_for_somebody_nevertheless() {
        assertThat(new BodyPlaces(1).take(stranger(1))).isPresent();
    }
}
