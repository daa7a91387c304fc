package net.twinpath.netlink;

import static net.twinpath.netlink.FakeKernel.acknowledgement;
import static net.twinpath.netlink.FakeKernel.attribute;
import static net.twinpath.netlink.FakeKernel.done;
import static net.twinpath.netlink.FakeKernel.join;
import static net.twinpath.netlink.FakeKernel.message;
import static net.twinpath.netlink.FakeKernel.text;
import static net.twinpath.netlink.FakeKernel.u32;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.util.ArrayList;
import java.util.List;
import jnr.constants.platform.Errno;
import net.twinpath.linux.Netlink;
import org.junit.jupiter.api.Test;

/** Requests, dumps and notifications against a kernel that misbehaves on demand. */
class NetlinkSocketTest {
    private static final int TYPE = 0x30;
    private static final int REPLY = 0x31;
    private static final Operation OPERATION = new Operation("set mtu of", "enp3s0");

    private final FakeKernel kernel = new FakeKernel();
    private final NetlinkSocket socket = new NetlinkSocket(kernel);

    @Test
    void aRequestCarriesItsTypeTheFlagsAndASequenceNumberOfItsOwn() {
        kernel.acknowledge().acknowledge();
        socket.request(OPERATION, new MtuRequest(), Netlink.NLM_F_CREATE);
        socket.request(OPERATION, new MtuRequest(), 0);
        assertThat(kernel.requests().get(0)).startsWith(28, 0, 0, 0, TYPE, 0, 5, 4, 1, 0, 0, 0);
        assertThat(kernel.requests().get(1)).startsWith(28, 0, 0, 0, TYPE, 0, 5, 0, 2, 0, 0, 0);
    }

    @Test
    void returnsWhatComesBeforeTheAcknowledgement() {
        kernel.answer(sequence -> List.of(message(REPLY, 0, sequence, u32(7)), acknowledgement(sequence, 0, 0)));
        assertThat(socket.request(OPERATION, new MtuRequest(), 0))
                .singleElement()
                .satisfies(reply -> {
                    assertThat(reply.type()).isEqualTo(REPLY);
                    assertThat(reply.body().getInt(0)).isEqualTo(7);
                });
    }

    @Test
    void anErrorNamesOperationInterfaceErrnoTheKernelsWordsAndTheAttribute() {
        kernel.answer(sequence -> List.of(acknowledgement(
                sequence,
                Errno.EINVAL.intValue(),
                Netlink.NLM_F_ACK_TLVS,
                attribute(Netlink.NLMSGERR_ATTR_MSG, text("mtu greater than device maximum")),
                attribute(Netlink.NLMSGERR_ATTR_OFFS, u32(20)))));
        assertThatExceptionOfType(NetlinkException.class)
                .isThrownBy(() -> socket.request(OPERATION, new MtuRequest(), 0))
                .withMessage("set mtu of enp3s0: EINVAL (Invalid argument): mtu greater than device maximum"
                        + " (attribute IFLA_MTU)")
                .satisfies(e -> {
                    assertThat(e.is(Errno.EINVAL)).isTrue();
                    assertThat(e.operation()).isEqualTo(OPERATION);
                    assertThat(e.explanation()).isEqualTo("mtu greater than device maximum");
                    assertThat(e.attribute()).isEqualTo("IFLA_MTU");
                });
    }

    @Test
    void anErrorWithoutWordsIsStillOneLine() {
        kernel.answer(sequence -> List.of(acknowledgement(sequence, Errno.EPERM.intValue(), 0)));
        assertThatExceptionOfType(NetlinkException.class)
                .isThrownBy(() -> socket.request(OPERATION, new MtuRequest(), 0))
                .withMessage("set mtu of enp3s0: EPERM (Operation not permitted)");
    }

    @Test
    void wordsAreFoundBehindARequestThatIsRepeatedInFull() {
        byte[] request = message(TYPE, 0, 1, attribute(4, u32(9)));
        kernel.answer(sequence -> List.of(message(
                Netlink.NLMSG_ERROR,
                Netlink.NLM_F_ACK_TLVS,
                sequence,
                join(u32(-Errno.EBUSY.intValue()), request, attribute(Netlink.NLMSGERR_ATTR_MSG, text("in use"))))));
        assertThatExceptionOfType(NetlinkException.class)
                .isThrownBy(() -> socket.request(OPERATION, new MtuRequest(), 0))
                .withMessageEndingWith("EBUSY (Device or resource busy): in use");
    }

    @Test
    void aMissingAttributeIsToldByItsType() {
        kernel.answer(sequence -> List.of(acknowledgement(
                sequence,
                Errno.EINVAL.intValue(),
                Netlink.NLM_F_ACK_TLVS,
                attribute(Netlink.NLMSGERR_ATTR_MISS_TYPE, u32(18)))));
        assertThatExceptionOfType(NetlinkException.class)
                .isThrownBy(() -> socket.request(OPERATION, new MtuRequest(), 0))
                .withMessageEndingWith("an attribute of type 18 is missing");
    }

    @Test
    void aDumpIsReadAcrossDatagrams() {
        kernel.answer(sequence -> List.of(
                join(entry(sequence, 0, 1), entry(sequence, 0, 2)), entry(sequence, 0, 3), done(sequence, 0, 0)));
        assertThat(dump()).containsExactly(1, 2, 3);
        assertThat(kernel.requests().get(0)[7]).as("NLM_F_DUMP").isEqualTo((byte) 3);
    }

    @Test
    void anInterruptedDumpIsReadAnew() {
        kernel.answer(sequence -> List.of(
                        entry(sequence, 0, 1), entry(sequence, Netlink.NLM_F_DUMP_INTR, 2), done(sequence, 0, 0)))
                .answer(sequence -> List.of(entry(sequence, 0, 5), done(sequence, Netlink.NLM_F_DUMP_INTR, 0)))
                .answer(sequence -> List.of(entry(sequence, 0, 8), done(sequence, 0, 0)));
        assertThat(dump()).containsExactly(8);
        assertThat(kernel.requests()).hasSize(3);
    }

    @Test
    void aDumpThatIsAlwaysInterruptedFailsInTheEnd() {
        for (int i = 0; i < NetlinkSocket.DUMP_ATTEMPTS; i++) {
            kernel.answer(sequence -> List.of(done(sequence, Netlink.NLM_F_DUMP_INTR, 0)));
        }
        assertThatExceptionOfType(NetlinkException.class)
                .isThrownBy(this::dump)
                .withMessageEndingWith(
                        "EINTR (Interrupted system call): the list changed during each of 10 attempts" + " to read it");
        assertThat(kernel.requests()).hasSize(NetlinkSocket.DUMP_ATTEMPTS);
    }

    @Test
    void aDumpThatFailsHalfwayIsAnError() {
        kernel.answer(sequence -> List.of(entry(sequence, 0, 1), done(sequence, 0, Errno.ENOMEM.intValue())));
        assertThatExceptionOfType(NetlinkException.class).isThrownBy(this::dump).withMessageContaining("ENOMEM");
    }

    @Test
    void whatIsLeftOfAnEarlierRequestIsPassedOver() {
        kernel.answer(sequence -> List.of())
                .answer(sequence -> List.of(
                        entry(sequence - 1, 0, 1),
                        acknowledgement(sequence - 1, Errno.EINVAL.intValue(), 0),
                        entry(sequence, 0, 2),
                        acknowledgement(sequence, 0, 0)));
        assertThatExceptionOfType(NetlinkException.class)
                .isThrownBy(() -> socket.request(OPERATION, new MtuRequest(), 0))
                .withMessageContaining("no answer from the kernel within 5000 ms");
        assertThat(socket.request(OPERATION, new MtuRequest(), 0))
                .extracting(reply -> reply.body().getInt(0))
                .containsExactly(2);
    }

    @Test
    void anAnswerToARequestThatWasNeverMadeIsAnError() {
        kernel.answer(sequence -> List.of(acknowledgement(sequence + 1, 0, 0)));
        assertThatExceptionOfType(NetlinkException.class)
                .isThrownBy(() -> socket.request(OPERATION, new MtuRequest(), 0))
                .withMessageContaining("EPROTO")
                .withMessageEndingWith("answer to request 2, but the latest is 1");
    }

    @Test
    void anAnswerThatWasCutIsAnError() {
        kernel.answer(sequence -> List.of(new byte[300 * 1024]));
        assertThatExceptionOfType(NetlinkException.class)
                .isThrownBy(() -> socket.request(OPERATION, new MtuRequest(), 0))
                .withMessageContaining("the answer has 307200 octets");
    }

    @Test
    void aMessageThatLeadsOutsideItsDatagramIsRefused() {
        byte[] tooLong = message(REPLY, 0, 1, u32(0));
        tooLong[0] = 24;
        kernel.answer(sequence -> List.of(tooLong));
        assertThatExceptionOfType(MalformedMessageException.class)
                .isThrownBy(() -> socket.request(OPERATION, new MtuRequest(), 0))
                .withMessage("message of 24 octets where 20 are left in the datagram");
    }

    @Test
    void notificationsAreDrainedInOrder() {
        socket.join(1);
        kernel.notify(entry(0, 0, 1));
        kernel.failReceive(Errno.EINTR);
        kernel.notify(join(entry(0, 0, 2), entry(77, 0, 3)));
        List<Integer> heard = new ArrayList<>();
        assertThat(socket.drain(message -> heard.add(message.body().getInt(0)))).isTrue();
        assertThat(heard).containsExactly(1, 2, 3);
        assertThat(kernel.groups()).containsExactly(1);
    }

    @Test
    void anOverflowIsToldAndWhatIsStillThereIsHandedOver() {
        socket.join(1);
        kernel.failReceive(Errno.ENOBUFS);
        kernel.notify(entry(0, 0, 4));
        List<Integer> heard = new ArrayList<>();
        assertThat(socket.drain(message -> heard.add(message.body().getInt(0)))).isFalse();
        assertThat(heard).containsExactly(4);
    }

    @Test
    void aSocketThatListensMakesNoRequests() {
        socket.join(1);
        assertThatIllegalStateException()
                .isThrownBy(() -> socket.request(OPERATION, new MtuRequest(), 0))
                .withMessage("set mtu of enp3s0: the socket listens to a multicast group");
    }

    private List<Integer> dump() {
        return socket.dump(OPERATION, new MtuRequest()).stream()
                .map(message -> message.body().getInt(0))
                .toList();
    }

    private static byte[] entry(int sequence, int flags, int value) {
        return message(REPLY, Netlink.NLM_F_MULTI | flags, sequence, u32(value));
    }

    /** Four octets of fixed header and one attribute, at offset 20. */
    private static final class MtuRequest implements NetlinkRequest {
        @Override
        public int messageType() {
            return TYPE;
        }

        @Override
        public void encode(AttributeEncoder out) {
            out.reserve(4);
            out.putU32(4, "IFLA_MTU", 100_000);
        }
    }
}
