/** What is counted, and where the counts stand. */
package net.twinpath.duppath.counters;
