// The recurrent layer of the network (src/language/network.h) as one differentiable operation: the
// loop over the words of a sentence runs here instead of in hundreds of small tensor operations,
// which makes training several times faster.
#pragma once
#include <torch/torch.h>

namespace chancery::training {

// u [B,T,3H or 4H]: candidate, forget gate, carry gate (before the sigmoid), and, when 4H wide,
// what is carried through; through [B,T,H] otherwise. lengths [B] (long). The first half of H runs
// forward, the second backward. → [B,T,H], zero behind a sentence's end.
torch::Tensor simple_recurrent(const torch::Tensor& u, const torch::Tensor& through,
                               const torch::Tensor& lengths);

}  // namespace chancery::training
