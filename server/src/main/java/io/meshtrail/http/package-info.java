/// What both listeners share: problems, JSON bodies, parameters, addresses.
///
/// In: requests and their mistakes. Out: answers in one form. Always: an error is problem JSON (RFC 9457)
/// that names the thing and the numbers; an unknown parameter is refused, never ignored. Start at [Problem].
@NullMarked
package io.meshtrail.http;

import org.jspecify.annotations.NullMarked;
