/** What may be configured. */
package net.twinpath.config;
