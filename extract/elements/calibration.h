// What a confidence is worth: the share of fields so sure that are right.
#pragma once

namespace vanban::extract {

// The share of fields that are right among those that the rules gave with this confidence, [0, 1].
// Rises with it; kReviewBelow stays where it is, so that what asks for a look still does.
double calibrated(double confidence);

}  // namespace vanban::extract
