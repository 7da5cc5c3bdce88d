/// How soon a server finds things among many events that are sealed, and what it takes in memory for that.
///
/// [SearchBench] is the order of the run: load a folder, start a server on it, ask. [Questions] asks. Nothing
/// here asserts; it measures.
@NullMarked
package io.meshtrail.bench.search;

import org.jspecify.annotations.NullMarked;
