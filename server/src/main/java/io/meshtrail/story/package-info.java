/// What is joined when answering: what came later or elsewhere and so cannot be in an entry.
///
/// In: an event. Out: what belongs to it, each with the basis on which it was joined and how sure that is.
/// Always: nothing here changes the event; what is not found is left out.
/// Start at [PolicyStory].
@NullMarked
package io.meshtrail.story;

import org.jspecify.annotations.NullMarked;
