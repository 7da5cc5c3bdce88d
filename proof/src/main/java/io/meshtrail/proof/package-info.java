/// RFC 6962 trees and C2SP text formats.
@org.jspecify.annotations.NullMarked
package io.meshtrail.proof;
