/// The web listener: search, follow, prove, and the page.
///
/// In: GET requests, and one POST that erases. Out: JSON answers that say what they cover, C2SP resources
/// byte for byte, Server-Sent Events, files. Always: only an [Act] changes anything, for programs on this
/// machine alone; an answer says `complete`, `missing` and `asOf`; an error is problem JSON; blocking
/// work never runs on an event loop. Start at [WebServer], then [SearchRoutes] and [TailRoute].
@NullMarked
package io.meshtrail.api;

import org.jspecify.annotations.NullMarked;
