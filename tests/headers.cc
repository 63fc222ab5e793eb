// Only its precompiled headers are of use.
