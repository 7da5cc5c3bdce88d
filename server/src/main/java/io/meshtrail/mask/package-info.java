/// What must never enter the journal, and how it is taken out: credentials in headers, query parameters, free
/// text and JSON, and the contents of Kubernetes Secrets.
///
/// In: text as the mesh sent it, with the name of the field it will stand in. Out: the same text with each secret
/// replaced by [Mask#MASKED], and in [MaskNotes] the names of what was replaced, never the values. Always: no
/// input fails; what is not a secret stays as it was; masking masked text changes nothing.
/// Start at [Mask]; the rules as data are [MaskRules].
@NullMarked
package io.meshtrail.mask;

import org.jspecify.annotations.NullMarked;
