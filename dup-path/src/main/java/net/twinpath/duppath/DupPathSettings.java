package net.twinpath.duppath;

import java.util.List;
import net.twinpath.duppath.port.PortSettings;

/**
 * What a path is made of.
 *
 * @param name                the path's name, for threads and messages
 * @param inside              the port frames come from and go to
 * @param links               LAN A, LAN B
 * @param ownAddress          source address of frames from inside, first octet in bits 47 to 40
 * @param firstSequenceNumber where the node's counter starts, 0 to 65535
 * @param supervisionAddressByte last octet of the address supervision frames are sent to, 0 to 255
 */
public record DupPathSettings(
        String name,
        PortSettings inside,
        List<PortSettings> links,
        long ownAddress,
        int firstSequenceNumber,
        int supervisionAddressByte) {
    public DupPathSettings {
        links = List.copyOf(links);
    }
}
