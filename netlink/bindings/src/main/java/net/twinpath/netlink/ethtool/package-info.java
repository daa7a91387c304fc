/**
 * Settings of Ethernet hardware, one class for each kind, over the {@code ethtool} family of generic netlink (Linux
 * 5.6; {@code Documentation/networking/ethtool-netlink.rst}).
 */
package net.twinpath.netlink.ethtool;
