/** What is told to Prometheus and the like: names, texts, and the answers over HTTP. */
package net.twinpath.daemon.metrics;
