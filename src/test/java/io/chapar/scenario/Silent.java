package io.chapar.scenario;

import io.chapar.sandbox.post.Letter;
import io.chapar.sandbox.post.MailWitness;
import io.chapar.sandbox.post.Reply;

/** Nobody counts what the mailboxes' owners send. */
final class Silent implements MailWitness {
    @Override
    public void sending(Letter letter, long due) {}

    @Override
    public void answered(Letter letter, Reply reply, long due) {}

    @Override
    public void failed(Letter letter, String why) {}
}
