package net.twinpath.daemon.apply;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import net.twinpath.daemon.apply.HardwareDevice.PhysicalFunction;
import net.twinpath.netlink.route.Link;

/**
 * Tells from sysfs what drives an interface. Below the PCI function there may be more of the device's own folders:
 *
 * <pre>
 *   /sys/class/net/enp3s0f1/device -> /sys/devices/pci0000:00/0000:00:1c.0/0000:03:00.1
 *   /sys/class/net/ens3/device     -> /sys/devices/pci0000:00/0000:00:03.0/virtio2
 *   /sys/class/net/enx0/device     -> /sys/devices/pci0000:00/0000:00:14.0/usb1/1-2/1-2:1.0
 * </pre>
 */
public final class SysfsDevices {
    private static final Pattern PCI_FUNCTION =
            Pattern.compile("\\p{XDigit}{4,}:\\p{XDigit}{2}:\\p{XDigit}{2}\\.[0-7]");
    private static final Pattern USB_ROOT = Pattern.compile("usb\\d+");

    private final Path root;

    /** @param root where sysfs is mounted */
    public SysfsDevices(Path root) {
        this.root = root;
    }

    /** The devices of this machine. */
    public static SysfsDevices ofThisMachine() {
        return new SysfsDevices(Path.of("/sys"));
    }

    /** The device that drives an interface; empty for a virtual interface, and where sysfs shows another namespace. */
    Optional<HardwareDevice> find(Link link) {
        Path folder = root.resolve("class/net").resolve(link.name());
        boolean same = read(folder.resolve("ifindex"))
                .filter(Integer.toString(link.index())::equals)
                .isPresent();
        return same
                ? realPath(folder.resolve("device"))
                        .map(device -> describe(device, read(folder.resolve("phys_port_id"))))
                : Optional.empty();
    }

    private static HardwareDevice describe(Path device, Optional<String> portId) {
        Optional<Path> pci = pciFunction(device);
        return new HardwareDevice(
                device,
                pci.map(SysfsDevices::name),
                pci.flatMap(function -> realPath(function.resolve("physfn"))).map(SysfsDevices::physicalFunction),
                portId);
    }

    /** The last PCI function on the way to a device; empty when it is a USB host, which has unrelated devices. */
    private static Optional<Path> pciFunction(Path device) {
        for (Path folder = device; folder != null && folder.getFileName() != null; folder = folder.getParent()) {
            if (PCI_FUNCTION.matcher(name(folder)).matches()) {
                return Optional.of(folder);
            }
            if (USB_ROOT.matcher(name(folder)).matches()) {
                return Optional.empty();
            }
        }
        return Optional.empty();
    }

    private static PhysicalFunction physicalFunction(Path function) {
        try (Stream<Path> interfaces = Files.list(function.resolve("net"))) {
            return new PhysicalFunction(
                    name(function), interfaces.map(SysfsDevices::name).sorted().findFirst());
        } catch (IOException | UncheckedIOException e) {
            return new PhysicalFunction(name(function), Optional.empty());
        }
    }

    private static String name(Path path) {
        return String.valueOf(path.getFileName());
    }

    private static Optional<Path> realPath(Path link) {
        try {
            return Optional.of(link.toRealPath());
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    /** A line of sysfs; empty when it is not there, or when the driver refuses to be read. */
    private static Optional<String> read(Path file) {
        try {
            return Optional.of(Files.readString(file).strip()).filter(text -> !text.isEmpty());
        } catch (IOException e) {
            return Optional.empty();
        }
    }
}
