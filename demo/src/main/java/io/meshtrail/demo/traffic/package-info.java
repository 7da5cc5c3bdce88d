/// The services behind the sidecars and the clients in front of them.
///
/// In: the cases and their rates. Out: real calls over real sockets, counted in the tally by what the caller
/// saw. Start
/// with [io.meshtrail.demo.traffic.Driver]; [io.meshtrail.demo.traffic.Calls] says what each case does.
@NullMarked
package io.meshtrail.demo.traffic;

import org.jspecify.annotations.NullMarked;
